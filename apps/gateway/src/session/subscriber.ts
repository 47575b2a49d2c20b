import type { GatewayError } from '../ground/gateway-error.ts';
import type { EventRecord } from '../store/store.ts';

/** Somebody who follows a session. What is called must not throw. */
export interface Subscriber {
  /** Called after the events are stored and settled, in order. */
  deliver(events: readonly EventRecord[]): void;
  /** The session goes on at another gateway: nothing more comes from here. Absent: it does not mind. */
  sendAway?(reason: GatewayError): void;
}
