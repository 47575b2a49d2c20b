import type { Identity } from '../auth/identity.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { SearchPage, SearchQuery, SessionQuery, SessionRecord } from '../store/store.ts';
import type { WorkerDefinition, WorkerReady } from '../worker/worker.ts';
import { AbandonedAgents } from './abandoned-agents.ts';
import { movedOn } from './ask-owner.ts';
import { type BranchRequest, branchOff } from './branch-off.ts';
import { closeWhenQuiet } from './close-when-quiet.ts';
import { countOpened } from './count-opened.ts';
import { countRefused } from './count-refused.ts';
import { deleteResting } from './delete-resting.ts';
import { type Drain, drain } from './drain.ts';
import { erase, eraseAtOnce } from './erase.ts';
import { followTurns } from './follow-turns.ts';
import { handOver } from './hand-over.ts';
import { newRecord, sharedIdOf } from './new-record.ts';
import type { OpenRequest } from './open-request.ts';
import { possibleIds } from './possible-ids.ts';
import { keptProcesses, leaveUnrecovered, recoverUnfinished } from './recover-unfinished.ts';
import type { RegistryOptions } from './registry-options.ts';
import { requirePossible } from './require-possible.ts';
import { requireSameConfig, requireSameWorker } from './require-same-config.ts';
import { Session } from './session.ts';
import { mayUse, scopeOf } from './session-scope.ts';
import { TurnTraces } from './turn-traces.ts';
import { hasRoom, makeRoom, type PoolMember } from './worker-pool.ts';

/** Opens, finds, lists and removes sessions. A session of somebody else is answered like one that does not exist. */
export class SessionRegistry {
  readonly #options: RegistryOptions;
  readonly #live = new Map<string, Session>();
  readonly #ready = new Map<WorkerDefinition, WorkerReady>();
  readonly #abandoned = new AbandonedAgents();
  #isClosing = false;

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  /** The session this key means for this caller, made if there is none (rule H6). Throws SESSION_NOT_FOUND if it may not be. */
  open({ identity, workerType, key, config = {}, title, mayCreate = true }: OpenRequest): Session {
    const existing = key === '' ? undefined : this.find(key, identity);
    const { definition, config: implied } = this.#options.findWorker(workerType, config);
    if (existing) {
      requireSameWorker(existing.record, definition);
      requireSameConfig(existing.record, config, this.#options.workDirRules);
      return existing;
    }
    requirePossible(config, { ...this.#options, definition });
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
    const session = this.#bring(record);
    session.holdUntil(this.#options.snapshots.start(record));
    return session;
  }

  /** What the session of this request may be called, in the order in which `open` looks for it. */
  idsOf(request: OpenRequest): Iterable<string> {
    return possibleIds(request, this.#options);
  }

  /** A new session that goes on from this one, in the same folder or another (rule I5); see `branchOff` for what it throws. */
  branch(id: string, identity: Identity, request: BranchRequest = {}): Promise<Session> {
    return branchOff({ ...request, id, identity }, { ...this.#options, sessions: this });
  }

  /** Undefined for unknown, deleted and foreign sessions alike (requirement A4). */
  find(id: string, identity: Identity): Session | undefined {
    const record = this.#recordFor(id, identity);
    return record && this.#bring(record);
  }

  list(identity: Identity, query: Omit<SessionQuery, 'ownerId' | 'botId'>): SessionRecord[] {
    return this.#options.store.list({ ...query, ...scopeOf(identity) });
  }

  search(identity: Identity, query: Omit<SearchQuery, 'ownerId' | 'botId'>): SearchPage {
    return this.#options.store.search({ ...query, ...scopeOf(identity) });
  }

  async remove(id: string, identity: Identity): Promise<void> {
    const record = this.#recordFor(id, identity);
    if (!record) throw new GatewayError('SESSION_NOT_FOUND', 'there is no such session');
    await this.#delete(record);
  }

  /** Deletes a session in which nothing has happened since, whoever owns it; whether it is gone (requirement L3). */
  async expire(id: string, untouchedSince: number): Promise<boolean> {
    const record = this.#options.store.find(id);
    if (!record) return true;
    const { state, updatedAt } = record;
    if (state === 'running' || (state !== 'deleted' && updatedAt >= untouchedSince)) return false;
    await this.#delete(record);
    return true;
  }

  /** What the newest agent of this kind said it can do. */
  ready(definition: WorkerDefinition): WorkerReady | undefined {
    return this.#ready.get(definition);
  }

  /** The session, if it is at work here. */
  live(id: string): Session | undefined {
    return this.#live.get(id);
  }

  /** How many sessions are at work here, most of them waiting for a prompt. */
  get size(): number {
    return this.#live.size;
  }

  /** The sessions whose agent runs now. */
  working(): Session[] {
    return [...this.#live.values()].filter(({ workerPid }) => workerPid !== undefined);
  }

  /** The sessions in the middle of a turn. */
  busy(): Session[] {
    return [...this.#live.values()].filter(({ isInTurn }) => isInTurn);
  }

  /** Goes on where the last gateway was; call once at start. */
  recover(): void {
    recoverUnfinished(this.#options, (record) => this.#bring(record));
  }

  /**
   * Goes on with a session that another gateway had, of which this one's store has all that was settled; of one whose
   * agent this gateway does not have, it does what `recover` does.
   */
  takeUp(id: string): void {
    const record = this.#options.store.find(id);
    if (!record || record.state === 'deleted') return;
    try {
      const session = this.#bring(record);
      // It came while all are given away: nothing of it begins here.
      if (this.#isClosing) void closeWhenQuiet(session);
      session.recover(Promise.resolve(), this.#abandoned.ended(id));
    } catch (error) {
      if (!(error instanceof GatewayError && error.code === 'CONFIG_INVALID')) throw error;
      leaveUnrecovered(record, error, this.#options);
    }
  }

  /** Ends its work here once its turn is over, for another gateway to go on; resolves when all of it is settled. */
  async handOver(id: string): Promise<void> {
    const live = this.#live.get(id);
    if (live) await handOver(live);
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
  async drain(how: Omit<Drain, 'clock'>): Promise<void> {
    this.#isClosing = true;
    await drain([...this.#live.values()], { ...how, clock: this.#options.clock });
  }

  /** Ends all workers, but for those that the next gateway can go on with if they are to be kept. */
  async close({ keepAgents }: { keepAgents: boolean }): Promise<void> {
    this.#isClosing = true;
    await Promise.all([...this.#live.values()].map((session) => session.close({ keepAgent: keepAgents })));
  }

  #recordFor(id: string, identity: Identity): SessionRecord | undefined {
    const record = this.#live.get(id)?.record ?? this.#options.store.find(id);
    return record && record.state !== 'deleted' && mayUse(identity, record) ? record : undefined;
  }

  #members(): PoolMember[] {
    return [...this.#live.values()].map((live) => live.poolMember);
  }

  async #delete(record: SessionRecord): Promise<void> {
    const live = this.#live.get(record.id);
    if (live) {
      await live.delete();
      this.#forget(live);
      await live.settled();
    } else await deleteResting(record, this.#options);
    await erase(record, this.#options);
    this.#options.metrics.count('sessions_deleted_total', {});
  }

  #bring(record: SessionRecord): Session {
    const live = this.#live.get(record.id);
    if (live) return live;
    if (this.#options.store.holds?.(record.id) === false) throw movedOn();
    const { pool, metrics, snapshots, findWorker, tracing } = this.#options;
    const { definition } = findWorker(record.workerType, record.config);
    const traces = tracing && new TurnTraces(tracing, record);
    const session: Session = new Session(record, {
      ...this.#options,
      ...{ definition, traces },
      makeRoom: (ownerId) => countRefused(metrics, () => makeRoom(this.#members(), ownerId, pool)),
      hasRoom: (ownerId) => hasRoom(this.#members(), ownerId, pool),
      onReady: (ready) => this.#ready.set(definition, ready),
      onLost: (ended) => {
        this.#forget(session);
        if (ended) this.#abandoned.add(record.id, ended);
      },
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

  #forget(session: Session): void {
    const { id } = session.record;
    if (this.#live.get(id) === session) this.#live.delete(id);
  }
}
