import type { SessionFiles } from '../files/session-files.ts';
import type { Clock } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import type { Logger } from '../ground/logger.ts';
import type { Metrics } from '../ground/metrics.ts';
import type { PolicyDecision } from '../ground/policy-decision.ts';
import type { Hooks } from '../hooks/hooks.ts';
import type { Judge } from '../policy/policy.ts';
import type { LastingProcesses } from '../process/child-process.ts';
import type { Snapshots } from '../snapshots/snapshots.ts';
import type { SessionStore, UsageLog } from '../store/store.ts';
import type { StartWorker, WorkerDefinition, WorkerReady } from '../worker/worker.ts';
import type { Audience } from './audience.ts';
import type { BudgetLimits } from './budget.ts';
import type { TurnTraces } from './turn-traces.ts';
import type { WatchLimits } from './worker-watch.ts';

export type SessionLimits = {
  /** How long a permission or question waits before it counts as refused, milliseconds. */
  permissionTimeoutMs: number;
  /** How long an agent may take to obey an interrupt before its process is ended, milliseconds. */
  interruptTimeoutMs: number;
  /** How many prompts may wait. */
  maxQueue: number;
  /** Longest prompt, bytes. */
  maxInputBytes: number;
  watch: WatchLimits;
  budget: BudgetLimits;
};

export type AttachedFiles = Pick<SessionFiles, 'find' | 'contentPath' | 'place' | 'removeAll' | 'copyAll'>;

export type ToldHooks = Pick<Hooks, 'choose' | 'stored'>;

/** What is taken down of the work dirs. */
export type WatchedFiles = Pick<Snapshots, 'start' | 'beginTurn' | 'endTurn' | 'copyAll' | 'removeAll'>;

/** What every session is given. */
export type SessionOptions = {
  store: SessionStore & UsageLog;
  clock: Clock;
  ids: Ids;
  logger: Logger;
  metrics: Metrics;
  definition: WorkerDefinition;
  limits: SessionLimits;
  judge: Judge;
  /** Told what that said of a tool call. */
  noteDecision(decision: PolicyDecision): void;
  /** Who outside is told of what happens; undefined: nobody. */
  hooks?: ToldHooks | undefined;
  /** Clients that hear of more than one session. */
  audience?: Audience | undefined;
  /** What clients uploaded, for prompts that name it. */
  files: AttachedFiles;
  /** Whether what the policy has no objection to is allowed without asking a person. */
  autoAllowSafe(): boolean;
  /** Called before a worker is started for this owner; throws if there may be no more. */
  makeRoom(ownerId: string): void;
  /** Whether a worker may be started for this owner without ending another. */
  hasRoom(ownerId: string): boolean;
  /** Wraps the start of this session's workers in what watches over them; called once for each session. */
  supervise(start: StartWorker, workerType: string): StartWorker;
  /** Told to which trace a prompt belongs; undefined: nobody wants to know. */
  traces?: Pick<TurnTraces, 'expect'> | undefined;
  processes: Pick<LastingProcesses, 'has' | 'reap'>;
  /**
   * Told when the session is another gateway's: it does nothing more. If its agent ran, `ended` resolves when that is
   * gone; it never rejects.
   */
  onLost?: ((ended: Promise<void> | undefined) => void) | undefined;
  /** Told when the agent says what it can do, so that later handshakes can announce it. */
  onReady(ready: WorkerReady): void;
};
