import { useId } from 'preact/hooks';
import type { Field } from '../launch/fields.ts';
import { type FormFault, type FormValues, isPairs, type Pair, pointerOf } from '../launch/requestBody.ts';
import { Pairs } from './Pairs.tsx';

type FieldsProps = {
  fields: readonly Field[];
  values: FormValues;
  faults: readonly FormFault[];
  onChange: (values: FormValues) => void;
};

/** The fields of a form, each with what is wrong with it. */
export function Fields({ fields, values, faults, onChange }: FieldsProps) {
  const named = new Set(fields.filter((field) => !isPairs(field)).map(pointerOf));
  return (
    <>
      {fields.map((field) => {
        const pointer = pointerOf(field);
        // A fault of a variable that has a field of its own is not one of those that were added by name.
        const own = faults.filter(({ target }) =>
          isPairs(field)
            ? (target === pointer || target.startsWith(`${pointer}/`)) && !named.has(target)
            : target === pointer || target.startsWith(`${pointer}/`),
        );
        const set = (value: string | readonly Pair[]) => onChange({ ...values, [pointer]: value });
        const value = values[pointer] ?? '';
        return typeof value === 'string' ? (
          <Single key={pointer} field={field} value={value} faults={own} onChange={set} />
        ) : (
          <Pairs key={pointer} field={field} pairs={value} faults={own} onChange={set} />
        );
      })}
    </>
  );
}

type SingleProps = {
  field: Field;
  value: string;
  faults: readonly FormFault[];
  onChange: (value: string) => void;
};

function Single({ field, value, faults, onChange }: SingleProps) {
  const id = useId();
  const shared = {
    id,
    value,
    required: field.required,
    'aria-invalid': faults.length > 0,
    'aria-describedby': `${id}-help`,
    onInput: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>
        {field.label} {field.required && <span class="needed">required</span>}
      </label>
      {field.kind === 'choice' ? (
        <select {...shared}>
          <option value="">{field.required ? 'Choose…' : 'as the job has it'}</option>
          {field.choices.map(({ json, word }) => (
            <option key={json} value={json}>
              {word}
            </option>
          ))}
        </select>
      ) : field.kind === 'json' ? (
        <textarea {...shared} rows={3} spellcheck={false} placeholder="JSON" />
      ) : field.kind === 'date' ? (
        <input {...shared} type="date" />
      ) : (
        <input
          {...shared}
          inputMode={field.kind === 'number' ? 'decimal' : undefined}
          autocomplete="off"
          spellcheck={false}
        />
      )}
      <div id={`${id}-help`}>
        {field.help !== '' && <p class="help">{field.help}</p>}
        {faults.map(({ message }) => (
          <p key={message} class="fault">
            {message}
          </p>
        ))}
      </div>
    </div>
  );
}
