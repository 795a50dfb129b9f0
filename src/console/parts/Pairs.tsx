import type { Field } from '../launch/fields.ts';
import type { FormFault, Pair } from '../launch/requestBody.ts';

type PairsProps = {
  field: Field;
  pairs: readonly Pair[];
  faults: readonly FormFault[];
  onChange: (pairs: readonly Pair[]) => void;
};

/** Names with values, as many as somebody adds. */
export function Pairs({ field, pairs, faults, onChange }: PairsProps) {
  const change = (index: number, to: Partial<Pair>) =>
    onChange(pairs.map((pair, at) => (at === index ? { ...pair, ...to } : pair)));
  return (
    <fieldset class="field">
      <legend>{field.label}</legend>
      {pairs.map(({ name, value }, index) => (
        <div class="pair" key={index}>
          <input
            aria-label={`Name ${index + 1} of ${field.label}`}
            placeholder="NAME"
            value={name}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => change(index, { name: event.currentTarget.value })}
          />
          <PairValue
            label={`Value ${index + 1} of ${field.label}`}
            value={value}
            isSecret={field.kind === 'securePairs'}
            onChange={(to) => change(index, { value: to })}
          />
          <button
            type="button"
            class="quiet-button"
            aria-label={`Take away ${name || `number ${index + 1}`}`}
            onClick={() => onChange(pairs.filter((_, at) => at !== index))}
          >
            ✕
          </button>
        </div>
      ))}
      <button
        type="button"
        class="quiet-button"
        onClick={() => onChange([...pairs, { name: '', value: '' }])}
      >
        Add to {field.label.toLowerCase()}
      </button>
      {field.help !== '' && <p class="help">{field.help}</p>}
      {faults.map(({ message }) => (
        <p key={message} class="fault">
          {message}
        </p>
      ))}
    </fieldset>
  );
}

type PairValueProps = { label: string; value: string; isSecret: boolean; onChange: (value: string) => void };

function PairValue({ label, value, isSecret, onChange }: PairValueProps) {
  const shared = {
    'aria-label': label,
    placeholder: 'value',
    value,
    spellcheck: false,
    onInput: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  return isSecret ? (
    <input {...shared} type="password" autocomplete="off" />
  ) : (
    <input {...shared} autocomplete="off" />
  );
}
