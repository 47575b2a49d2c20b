import type { LoggedEvent } from '@hotplex/aep-protocol';
import type { Identity } from '../auth/identity.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { SessionRecord } from '../store/store.ts';
import type { WorkerDefinition } from '../worker/worker.ts';
import { type BranchPoint, type BranchTurn, findBranchPoint } from './branch-point.ts';
import { countOpened } from './count-opened.ts';
import { stamp } from './event-log.ts';
import { requirePoint } from './find-rewind.ts';
import type { RegistryOptions } from './registry-options.ts';
import type { Session } from './session.ts';
import type { WatchedFiles } from './session-options.ts';
import type { SessionRegistry } from './session-registry.ts';
import { withCopiedLog } from './with-copied-log.ts';
import { resolveWorkDir } from './work-dir.ts';

export type BranchRequest = {
  /** Where it branches off; undefined: at the end. */
  turn?: BranchTurn | undefined;
  /** Where it works; default: where the other one does. */
  workDir?: string | undefined;
  title?: string | undefined;
};

type Of = { id: string; identity: Identity };

type BranchOptions = Pick<
  RegistryOptions,
  'store' | 'files' | 'hooks' | 'clock' | 'ids' | 'metrics' | 'findWorker' | 'workDirRules'
> & {
  snapshots: Pick<WatchedFiles, 'copyAll'>;
  sessions: Pick<SessionRegistry, 'find' | 'requireOpen'>;
};

/** What a branch begins with. */
type Start = Pick<BranchPoint, 'lastSeq' | 'totals' | 'waiting'> &
  Pick<SessionRecord, 'forkOf'> & {
    /** Of which snapshots are kept; undefined: all. */
    turns?: ReadonlySet<string>;
    /** Whether the agent forgets what the log says. */
    isLost?: boolean;
  };

/**
 * Makes a session that begins with a copy of another's log, to its end or to a turn of it, and, where its agent can, with
 * what that agent remembered there. The other one is left as it is. At the end it throws SESSION_BUSY in the middle of a
 * turn, for half an answer is nothing to go on from, and NOT_SUPPORTED if the agent cannot fork; into another folder it goes
 * all the same, and says what was lost. At a turn it throws as `findBranchPoint` and `requirePoint` do.
 */
export async function branchOff(
  { id, identity, turn, workDir, title }: BranchRequest & Of,
  options: BranchOptions,
): Promise<Session> {
  const { store, sessions, snapshots, clock, ids } = options;
  const find = () => {
    const session = sessions.find(id, identity);
    if (!session) throw noSession();
    return session.record;
  };
  const point =
    turn && (await findBranchPoint(turn, (after, limit) => store.events(find().id, after, limit)));
  sessions.requireOpen();
  const from = find();
  const { definition } = options.findWorker(from.workerType, from.config);
  const start =
    point && point.lastSeq < from.lastSeq
      ? { ...point, forkOf: requirePoint(point.known, { definition }) }
      : endOf(from, { store, definition, isElsewhere: workDir !== undefined });
  const where = resolveWorkDir(workDir ?? from.workDir, options.workDirRules);
  const now = clock.now();
  const record: SessionRecord = {
    ...from,
    ...{ id: ids.uuid(), clientKey: ids.uuid(), workDir: where },
    ...{ title: title ?? from.title, isNamed: title !== undefined || from.isNamed },
    isArchived: false,
    ...{ state: 'created', nativeSessionId: null, forkOf: start.forkOf, epoch: ids.uuid(), turn: null },
    ...{ lastSeq: start.lastSeq, totals: start.totals },
    ...{ config: { ...from.config, work_dir: where }, createdAt: now, updatedAt: now },
  };
  await withCopiedLog({
    ...{ store, record, from: from.id },
    requireStill() {
      sessions.requireOpen();
      if (find().epoch !== from.epoch) throw noSession();
    },
    finish: () => put(record, { ...options, from, told: firstWords(start, { from, turn, workDir: where }) }),
  });
  snapshots.copyAll(from, record, start.turns);
  countOpened(record, options);
  const session = sessions.find(record.id, identity);
  if (!session) throw new Error(`session ${record.id} is not there after it was made`);
  return session;
}

const noSession = () => new GatewayError('SESSION_NOT_FOUND', 'there is no such session');

function endOf(
  from: Readonly<SessionRecord>,
  {
    store,
    definition: { title, capabilities },
    isElsewhere,
  }: Pick<BranchOptions, 'store'> & { definition: WorkerDefinition; isElsewhere: boolean },
): Start {
  if (!isElsewhere && !capabilities.fork)
    throw new GatewayError(
      'NOT_SUPPORTED',
      `${title} cannot fork a conversation: open a new session instead`,
    );
  if (from.turn)
    throw new GatewayError('SESSION_BUSY', 'a turn is running: wait for its end, or interrupt it first');
  const native = from.nativeSessionId ?? from.forkOf;
  const forkOf = capabilities.fork ? native : null;
  const waiting = store.inputs(from.id, ['queued']).map(({ inputId }) => inputId);
  const { lastSeq, totals } = from;
  return { lastSeq, totals, forkOf, waiting, isLost: native !== null && forkOf === null };
}

/** What its log says before anything happens in it. What waits in the other session does not wait in this one. */
function firstWords(
  { waiting, isLost }: Start,
  { from, turn, workDir }: Pick<BranchRequest, 'turn'> & { from: Readonly<SessionRecord>; workDir: string },
): LoggedEvent[] {
  const place = turn && (turn.side === 'before' ? { before_turn: turn.turnId } : { after_turn: turn.turnId });
  return [
    { type: 'session.forked', data: { from: from.id, work_dir: workDir, ...place } },
    ...waiting.map((inputId) => {
      const data = {
        input_id: inputId,
        status: 'cancelled',
        reason: 'it waits in the other session',
      } as const;
      return { type: 'input.status', data } as const;
    }),
    ...(isLost ? [{ type: 'state', data: { state: 'created', message: 'context_lost' } } as const] : []),
  ];
}

type Put = Pick<BranchOptions, 'store' | 'files' | 'hooks' | 'clock' | 'ids'> & {
  from: Readonly<SessionRecord>;
  told: readonly LoggedEvent[];
};

/** Stores it with the log it shares, its own first words and the files that were attached. */
function put(record: SessionRecord, { from, told, store, files, hooks, clock, ids }: Put): void {
  const events = stamp(
    told.map((event) => ({ event, turnId: null })),
    record.lastSeq,
    { clock, ids },
  );
  const deliveries = hooks?.choose(record, events) ?? [];
  files.copyAll(from.id, record.id);
  try {
    store.fork(record, from.id, { events, deliveries });
    hooks?.stored(deliveries);
  } catch (error) {
    files.removeAll(record.id, record.workDir);
    throw error;
  }
}
