import type { InputStatus } from '@hotplex/aep-protocol';
import { GatewayError } from '../../ground/gateway-error.ts';
import type { Session } from '../../session/session.ts';
import type { InputRecord } from '../../store/store.ts';
import { toEnvelope } from './read-conversation.ts';

type Run = {
  inputId: string;
  /** Gives the session the prompt. */
  accept(): { input: InputRecord };
  /** Aborted when nobody waits any more. */
  gone: AbortSignal;
};

/**
 * Gives a session a prompt and waits until it has been run; resolves with its turn. Throws what `accept` throws,
 * RECONNECT_REQUIRED if nobody waits any more, and INTERNAL_ERROR for a prompt that never becomes a turn.
 */
export function untilRun(session: Session, { inputId, accept, gone }: Run): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const see = (status: InputStatus, turnId: string | null | undefined, reason?: string) => {
    if (status === 'queued' || status === 'delivered') return;
    if (turnId) resolve(turnId);
    else reject(new GatewayError('INTERNAL_ERROR', reason ?? `the prompt is ${status}`));
  };
  const leave = () =>
    reject(new GatewayError('RECONNECT_REQUIRED', 'nobody waits for this any more; the agent goes on'));
  const detach = session.attach({
    sendAway: reject,
    deliver(events) {
      for (const record of events) {
        if (record.type !== 'input.status') continue;
        const event = toEnvelope(session.record.id, record)?.event;
        if (event?.type === 'input.status' && event.data.input_id === inputId)
          see(event.data.status, event.data.turn_id, event.data.reason);
      }
    },
  });
  if (gone.aborted) leave();
  else gone.addEventListener('abort', leave, { once: true });
  try {
    const { status, turnId } = accept().input;
    see(status, turnId);
  } catch (error) {
    reject(error);
  }
  return promise.finally(() => {
    detach();
    gone.removeEventListener('abort', leave);
  });
}
