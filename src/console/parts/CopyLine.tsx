import { useState } from 'preact/hooks';
import { useSession } from '../session.ts';

/** A line to copy. */
export function CopyLine({ line, label }: { line: string; label: string }) {
  const { announce } = useSession();
  const [copied, setCopied] = useState<string>();
  const copy = async () => {
    await navigator.clipboard.writeText(line);
    setCopied(line);
    announce('Copied.');
  };
  return (
    <section class="copy" aria-label={label}>
      <pre>
        <code>{line}</code>
      </pre>
      <button
        type="button"
        class="quiet-button"
        onClick={() => void copy().catch(() => announce('The browser does not let the page copy.'))}
      >
        {copied === line ? 'Copied' : 'Copy'}
      </button>
    </section>
  );
}
