import { useState } from 'preact/hooks';
import type { ShownRun } from '../api/answers.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Problem } from '../parts/Problem.tsx';
import { useSession } from '../session.ts';

type CancelDialogProps = { path: string; onClose: () => void; onCanceled: () => void };

/** Asks once more before a run is ended. */
export function CancelDialog({ path, onClose, onCanceled }: CancelDialogProps) {
  const { api, announce } = useSession();
  const [sending, setSending] = useState<{ isUnderWay: boolean; error?: unknown }>({ isUnderWay: false });
  const cancel = async () => {
    setSending({ isUnderWay: true });
    try {
      await api.post<ShownRun>(`${path}/cancel`, undefined);
      announce('The run is being canceled.');
      onCanceled();
      onClose();
    } catch (error) {
      setSending({ isUnderWay: false, error });
    }
  };
  return (
    <Dialog title="Cancel this run?" onClose={onClose}>
      <p>Its containers are stopped. What they have done stays done.</p>
      {sending.error !== undefined && <Problem error={sending.error} />}
      <div class="buttons">
        <button type="button" class="quiet-button" onClick={onClose}>
          Let it run
        </button>
        <button type="button" class="danger" disabled={sending.isUnderWay} onClick={() => void cancel()}>
          {sending.isUnderWay ? 'Canceling…' : 'Cancel the run'}
        </button>
      </div>
    </Dialog>
  );
}
