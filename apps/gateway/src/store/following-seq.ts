import { GatewayError } from '../ground/gateway-error.ts';
import type { EventRecord } from './store.ts';

/** The session’s last number after these events. Throws unless they continue the log without a gap. */
export function followingSeq(
  sessionId: string,
  lastSeq: number,
  events: readonly EventRecord[] = [],
): number {
  let last = lastSeq;
  for (const { seq } of events) {
    if (seq !== last + 1) {
      throw new GatewayError('INTERNAL_ERROR', 'the gateway numbered an event wrongly; see its log', {
        cause: new Error(`event ${seq} of ${sessionId} does not follow ${last}`),
      });
    }
    last = seq;
  }
  return last;
}
