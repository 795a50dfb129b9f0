import { useState } from 'preact/hooks';
import { Heading } from '../parts/Heading.tsx';

type AskForKeyProps = { wasGiven: boolean; onKey: (key: string) => void };

/** Asks for a key of the Functions host. */
export function AskForKey({ wasGiven, onKey }: AskForKeyProps) {
  const [typed, setTyped] = useState('');
  const [isKey, setIsKey] = useState(true); // what is none cannot be a header: nothing would ever be sent
  return (
    <div class="narrow">
      <Heading>A key, please</Heading>
      {wasGiven && (
        <p class="problem" role="alert">
          The key that was given does not open this. A key of one function opens that function alone; a host
          key opens all.
        </p>
      )}
      {!isKey && (
        <p class="problem" role="alert">
          That is no key: keys have only ASCII letters, digits and signs. Copy it whole.
        </p>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const key = typed.trim();
          setIsKey(/^[!-~]+$/.test(key));
          if (/^[!-~]+$/.test(key)) {
            onKey(key);
          }
        }}
      >
        <label for="key">Host key</label>
        <input
          id="key"
          type="password"
          autocomplete="off"
          spellcheck={false}
          required
          aria-describedby="key-help"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <p id="key-help" class="help">
          In the Azure portal: the function app, App keys, Host keys. It is sent to this app alone, as a
          header, and kept for this tab until it is closed.
        </p>
        <button type="submit">Open the console</button>
      </form>
    </div>
  );
}
