import type { WorkerEvent } from '../../src/worker/worker.ts';

export type EventOf<T extends WorkerEvent['type']> = Extract<WorkerEvent, { type: T }>;

/** The events of one type, in order. */
export function ofType<T extends WorkerEvent['type']>(events: readonly WorkerEvent[], type: T): EventOf<T>[] {
  return events.filter((event): event is EventOf<T> => event.type === type);
}
