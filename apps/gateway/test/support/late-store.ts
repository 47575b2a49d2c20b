import type { GatewayError } from '../../src/ground/gateway-error.ts';
import type { SessionStore } from '../../src/store/store.ts';

/**
 * A store of which everything is kept at once and settled later: when a test says so, and at the latest when it waits, unless
 * that is to be said by hand.
 */
export function createLateStore<Store extends SessionStore>(inner: Store, { byHand = false } = {}) {
  let written = 0;
  let settled = 0;
  const lastOf = new Map<string, number>();
  const waiting: { after: number; told(refusal?: GatewayError): void }[] = [];

  function write(sessionId: string, work: () => void): void {
    work();
    written += 1;
    lastOf.set(sessionId, written);
    if (!byHand) queueMicrotask(settle);
  }

  /** All that was written, and what is written because of that. */
  function settle(): void {
    settled = written;
    for (let first = waiting[0]; first && first.after <= settled; first = waiting[0]) {
      waiting.shift();
      first.told();
      settled = written;
    }
  }

  const store: Store = {
    ...inner,
    create: (record, commit) => write(record.id, () => inner.create(record, commit)),
    commit: (sessionId, commit, now) => write(sessionId, () => inner.commit(sessionId, commit, now)),
    awaitSettled(sessionId, told) {
      const after = lastOf.get(sessionId) ?? 0;
      if (after <= settled) return false;
      waiting.push({ after, told });
      return true;
    },
  };
  /** Nothing of what is not settled ever will be. */
  function refuse(reason: GatewayError): void {
    for (const { told } of waiting.splice(0)) told(reason);
  }
  return { store, settle, refuse };
}

/** The same object, after each call of which everything is settled. */
export function settlingAfterCalls<T extends object>(target: T, settle: () => void): T {
  return new Proxy(target, {
    get(_, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        try {
          return value.apply(target, given);
        } finally {
          settle();
        }
      };
    },
  });
}
