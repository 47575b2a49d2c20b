import type { SessionConfig } from '@hotplex/aep-protocol';
import type { Identity } from '../auth/identity.ts';
import { atMost } from '../ground/at-most.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Tracing } from '../ground/tracing.ts';
import { untilAborted } from '../ground/until-aborted.ts';
import type { LastingProcesses } from '../process/child-process.ts';
import type { SearchPage, SearchQuery, SessionQuery, SessionRecord } from '../store/store.ts';
import type { WorkerDefinition, WorkerReady } from '../worker/worker.ts';
import { branchOff } from './branch-off.ts';
import { closeWhenQuiet } from './close-when-quiet.ts';
import { countOpened } from './count-opened.ts';
import { countRefused } from './count-refused.ts';
import { erase, eraseAtOnce } from './erase.ts';
import { followTurns } from './follow-turns.ts';
import { newRecord, requireAccepted, sharedIdOf } from './new-record.ts';
import { reapUnshared } from './reap-unshared.ts';
import { keptProcesses, recoverUnfinished } from './recover-unfinished.ts';
import { requireSameConfig } from './require-same-config.ts';
import { Session } from './session.ts';
import type { SessionOptions, WatchedFiles } from './session-options.ts';
import { mayUse, scopeOf } from './session-scope.ts';
import { TurnTraces } from './turn-traces.ts';
import { resolveWorkDir, type WorkDirRules } from './work-dir.ts';
import { hasRoom, makeRoom, type PoolLimits, type PoolMember } from './worker-pool.ts';

export type RegistryOptions = Omit<
  SessionOptions,
  'definition' | 'onReady' | 'makeRoom' | 'hasRoom' | 'traces'
> & {
  /** Told what took how long. */
  tracing?: Tracing | undefined;
  processes: Pick<LastingProcesses, 'has' | 'reap' | 'sweep'>;
  pool: PoolLimits;
  snapshots: WatchedFiles;
  /** Worker type or alias → definition; throws CONFIG_INVALID naming what there is. */
  findWorker(type: string): { definition: WorkerDefinition; config?: SessionConfig };
  defaultWorkDir: string;
  workDirRules: WorkDirRules;
  /** Looks at what a client wants of its agent; throws CONFIG_INVALID if that is not to be had. */
  checkConfig(config: SessionConfig): void;
};

export type OpenRequest = {
  identity: Identity;
  workerType: string;
  /** An existing session's id or the client's own key; empty for a new conversation. */
  key: string;
  config?: SessionConfig;
  title?: string;
  /** Whether one may be made; default: yes. */
  mayCreate?: boolean;
};

type Drain = { withinMs: number; hurry: AbortSignal; keepAgents: boolean };

/** Opens, finds, lists and removes sessions. A session of somebody else is answered like one that does not exist. */
export class SessionRegistry {
  readonly #options: RegistryOptions;
  readonly #live = new Map<string, Session>();
  readonly #ready = new Map<string, WorkerReady>();
  #isClosing = false;

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  /** The session this key means for this caller, made if there is none (rule H6). Throws SESSION_NOT_FOUND if it may not be. */
  open({ identity, workerType, key, config = {}, title, mayCreate = true }: OpenRequest): Session {
    const existing = key === '' ? undefined : this.find(key, identity);
    const { definition, config: implied } = this.#options.findWorker(workerType);
    if (existing) {
      if (existing.record.workerType !== definition.type) {
        throw new GatewayError(
          'CONFIG_INVALID',
          `worker_type is ${definition.type}, but this session runs ${existing.record.workerType}`,
        );
      }
      requireSameConfig(existing.record, config, this.#options.workDirRules);
      return existing;
    }
    requireAccepted(config, definition);
    this.#options.checkConfig(config);
    const record = newRecord({ identity, definition, key, config, title }, { ...this.#options, implied });
    const derived = this.find(record.id, identity) ?? this.find(sharedIdOf(record), identity);
    if (derived) {
      requireSameConfig(derived.record, config, this.#options.workDirRules);
      return derived;
    }
    if (!mayCreate)
      throw new GatewayError('SESSION_NOT_FOUND', 'there is no such session, and a viewer opens none');
    this.requireOpen();
    // The last one of this key was deleted, but not all of its rows are removed yet.
    if (this.#options.store.find(record.id)?.state === 'deleted') {
      eraseAtOnce(record, this.#options);
      this.#live.delete(record.id);
    }
    this.#options.store.create(record);
    countOpened(record, this.#options);
    this.#options.snapshots.start(record);
    return this.#bring(record);
  }

  /**
   * A new session that goes on from this one, in the same folder or another (rule I5). Throws NOT_SUPPORTED for a fork
   * of what its agent cannot fork; into another folder it goes all the same, and says what was lost.
   */
  branch(id: string, identity: Identity, { workDir, title }: { workDir?: string; title?: string }): Session {
    this.requireOpen();
    const from = this.find(id, identity)?.record;
    if (!from) throw new GatewayError('SESSION_NOT_FOUND', 'there is no such session');
    const { definition } = this.#options.findWorker(from.workerType);
    if (workDir === undefined && !definition.capabilities.fork) {
      throw new GatewayError(
        'NOT_SUPPORTED',
        `${definition.title} cannot fork a conversation: open a new session instead`,
      );
    }
    const where = resolveWorkDir(workDir ?? from.workDir, this.#options.workDirRules);
    const request = { from, workDir: where, ...(title === undefined ? {} : { title }) };
    const branch = branchOff(request, { ...this.#options, definition });
    this.#options.snapshots.copyAll(from, branch);
    countOpened(branch, this.#options);
    return this.#bring(branch);
  }

  /** Undefined for unknown, deleted and foreign sessions alike (requirement A4). */
  find(id: string, identity: Identity): Session | undefined {
    const record = this.#live.get(id)?.record ?? this.#options.store.find(id);
    if (!record || record.state === 'deleted' || !mayUse(identity, record)) return undefined;
    return this.#bring(record);
  }

  list(identity: Identity, query: Omit<SessionQuery, 'ownerId' | 'botId'>): SessionRecord[] {
    return this.#options.store.list({ ...query, ...scopeOf(identity) });
  }

  search(identity: Identity, query: Omit<SearchQuery, 'ownerId' | 'botId'>): SearchPage {
    return this.#options.store.search({ ...query, ...scopeOf(identity) });
  }

  async remove(id: string, identity: Identity): Promise<void> {
    const record = this.#live.get(id)?.record ?? this.#options.store.find(id);
    if (!record || record.state === 'deleted' || !mayUse(identity, record)) {
      throw new GatewayError('SESSION_NOT_FOUND', 'there is no such session');
    }
    await this.#delete(record);
  }

  /** Deletes a session in which nothing has happened since, whoever owns it; whether it is gone (requirement L3). */
  async expire(id: string, untouchedSince: number): Promise<boolean> {
    const record = this.#live.get(id)?.record ?? this.#options.store.find(id);
    if (!record) return true;
    const { state, updatedAt } = record;
    if (state === 'running' || (state !== 'deleted' && updatedAt >= untouchedSince)) return false;
    await this.#delete(record);
    return true;
  }

  /** What the newest agent of this type said it can do. */
  ready(workerType: string): WorkerReady | undefined {
    return this.#ready.get(workerType);
  }

  /** The sessions whose agent runs now. */
  working(): Session[] {
    return [...this.#live.values()].filter(({ workerPid }) => workerPid !== undefined);
  }

  /** The sessions in the middle of a turn. */
  busy(): Session[] {
    return [...this.#live.values()].filter(({ record }) => record.turn !== null);
  }

  /** Goes on where the last gateway was; call once at start. */
  recover(): void {
    recoverUnfinished(this.#options, (record) => this.#bring(record));
  }

  /** The marks of the processes that this gateway may still need. */
  keptProcesses(): Set<string> {
    return keptProcesses(this.#options);
  }

  /** Whether the gateway is stopping. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** Whether sessions and turns may begin. Throws RECONNECT_REQUIRED once the gateway is stopping (rule C4). */
  requireOpen(): void {
    if (!this.#isClosing) return;
    const message = 'the gateway is stopping: connect again in a moment and send this once more';
    throw new GatewayError('RECONNECT_REQUIRED', message);
  }

  /**
   * From now on nothing begins; turns in progress may end within the time, or until `hurry` is aborted. Each agent is
   * ended as soon as its turn is over: what waits in its queue is for the next gateway. One that is kept just goes on.
   */
  async drain({ withinMs, hurry, keepAgents }: Drain): Promise<void> {
    this.#isClosing = true;
    const ending = [...this.#live.values()].filter((session) => !(keepAgents && session.canBeTakenOver));
    const quiet = Promise.all(ending.map((session) => closeWhenQuiet(session)));
    await atMost(this.#options.clock, withinMs, [quiet, untilAborted(hurry)]);
  }

  /** Ends all workers, but for those that the next gateway can go on with if they are to be kept. */
  async close({ keepAgents }: { keepAgents: boolean }): Promise<void> {
    this.#isClosing = true;
    await Promise.all([...this.#live.values()].map((session) => session.close({ keepAgent: keepAgents })));
  }

  #members(): PoolMember[] {
    return [...this.#live.values()].map((live) => live.poolMember);
  }

  async #delete({ id, state, workDir }: SessionRecord): Promise<void> {
    const { store, clock } = this.#options;
    const live = this.#live.get(id);
    if (live) {
      await live.delete();
      if (this.#live.get(id) === live) this.#live.delete(id);
    } else if (state !== 'deleted') {
      // Nobody follows it and nothing runs in it; it may even be of an agent this gateway no longer has.
      const left = store.worker(id);
      if (left) await reapUnshared({ ...left, sessionId: id }, this.#options);
      store.commit(id, { session: { state: 'deleted' } }, clock.now());
    }
    await erase({ id, workDir }, this.#options);
    this.#options.metrics.count('sessions_deleted_total', {});
  }

  #bring(record: SessionRecord): Session {
    const live = this.#live.get(record.id);
    if (live) return live;
    const { pool, metrics, snapshots, findWorker, tracing } = this.#options;
    const { definition } = findWorker(record.workerType);
    const traces = tracing && new TurnTraces(tracing, record);
    const session = new Session(record, {
      ...this.#options,
      ...{ definition, traces },
      makeRoom: (ownerId) => countRefused(metrics, () => makeRoom(this.#members(), ownerId, pool)),
      hasRoom: (ownerId) => hasRoom(this.#members(), ownerId, pool),
      onReady: (ready) => this.#ready.set(definition.type, ready),
    });
    session.attach(
      followTurns({
        begins: (turnId) => snapshots.beginTurn(record, turnId),
        ends: (turnId) => snapshots.endTurn(record, turnId),
      }),
    );
    if (traces) session.attach(traces);
    this.#live.set(record.id, session);
    return session;
  }
}
