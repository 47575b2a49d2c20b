import type { LoggedEvent } from '@hotplex/aep-protocol';
import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Ids } from '../ground/ids.ts';
import type { SessionRecord, SessionStore } from '../store/store.ts';
import type { WorkerDefinition } from '../worker/worker.ts';
import { stamp } from './event-log.ts';
import type { AttachedFiles, ToldHooks } from './session-options.ts';

export type BranchRequest = {
  /** The session to branch off. */
  from: Readonly<SessionRecord>;
  /** Resolved and allowed. */
  workDir: string;
  title?: string;
};

const lost = { type: 'state', data: { state: 'created', message: 'context_lost' } } as const;

type BranchOptions = {
  store: SessionStore;
  files: Pick<AttachedFiles, 'copyAll' | 'removeAll'>;
  hooks?: ToldHooks | undefined;
  clock: Clock;
  ids: Ids;
  definition: WorkerDefinition;
};

/**
 * Makes a session that begins with a copy of another's log and, where its agent can, with all that agent remembers.
 * The other one is left as it is. Throws SESSION_BUSY in the middle of a turn: half an answer is nothing to go on from.
 */
export function branchOff(
  { from, workDir, title }: BranchRequest,
  { store, files, hooks, clock, ids, definition }: BranchOptions,
): SessionRecord {
  if (from.turn)
    throw new GatewayError('SESSION_BUSY', 'a turn is running: wait for its end, or interrupt it first');
  const native = from.nativeSessionId ?? from.forkOf;
  const forkOf = definition.capabilities.fork ? native : null;
  const now = clock.now();
  const record: SessionRecord = {
    ...from,
    ...{ id: ids.uuid(), clientKey: ids.uuid(), workDir },
    ...{ title: title ?? from.title, isNamed: title !== undefined || from.isNamed },
    isArchived: false,
    ...{ state: 'created', nativeSessionId: null, forkOf, epoch: ids.uuid(), turn: null },
    ...{ config: { ...from.config, work_dir: workDir }, createdAt: now, updatedAt: now },
  };
  const told: LoggedEvent[] = [
    { type: 'session.forked', data: { from: from.id, work_dir: workDir } },
    ...(native !== null && forkOf === null ? [lost] : []),
  ];
  const events = stamp(
    told.map((event) => ({ event, turnId: null })),
    from.lastSeq,
    { clock, ids },
  );
  const deliveries = hooks?.choose(record, events) ?? [];
  files.copyAll(from.id, record.id);
  try {
    store.fork(record, from.id, { events, deliveries });
    hooks?.stored(deliveries);
  } catch (error) {
    files.removeAll(record.id, workDir);
    throw error;
  }
  return { ...record, lastSeq: from.lastSeq + events.length };
}
