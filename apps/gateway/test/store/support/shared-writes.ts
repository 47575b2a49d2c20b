import type { SharedChange, SharedWrite } from '../../../src/store/shared-log.ts';
import { eventRecords, sessionRecord } from './records.ts';

/** A session begins. */
export const create = (id: string): SharedChange => ({
  kind: 'create',
  record: sessionRecord({ id }),
  commit: {},
});
/** Events are added to it. */
export const commit = (first: number, last: number, fields: object = {}): SharedChange => ({
  ...{ kind: 'commit', now: 2_000, commit: { events: eventRecords(first, last), ...fields } },
});

/** The changes as an owner's writes, one after the other. */
export function writes(sessionId: string, fence: number, changes: SharedChange[], first = 1): SharedWrite[] {
  return changes.map((change, index) => ({ sessionId, fence, number: first + index, ...change }));
}
