import { useRef } from 'preact/hooks';
import { wasAnswered } from '../api/apiError.ts';

/**
 * Sends a body under a key of its own, so that the same body sent again after a lost answer is the same call. Another body, or the same
 * once it was answered, is another call.
 */
export function useIdempotencyKey(): <Answer>(
  body: unknown,
  send: (headers: Record<string, string>) => Promise<Answer>,
) => Promise<Answer> {
  const last = useRef({ text: '', key: '' });
  return async (body, send) => {
    const text = JSON.stringify(body);
    if (last.current.text !== text) {
      last.current = { text, key: crypto.randomUUID() };
    }
    try {
      return await send({ 'idempotency-key': last.current.key });
    } catch (error) {
      if (wasAnswered(error)) {
        last.current = { text: '', key: '' };
      }
      throw error;
    }
  };
}
