import type {
  Delivery,
  InputPart,
  InputStatus,
  SessionConfig,
  SessionState,
  SessionTotals,
} from '@hotplex/aep-protocol';
import type { ApprovalLinkStore } from '../ground/approval-link.ts';
import type { AuditEntry } from '../ground/audit.ts';
import type { ConfigHistory } from '../ground/config-record.ts';
import type { GatewayError } from '../ground/gateway-error.ts';
import type { HookOutbox, NewHookDelivery } from '../ground/hook-delivery.ts';
import type { PushDevices } from '../ground/push-device.ts';
import type { ShareLinkStore } from '../ground/share-link.ts';
import type { ProcessHandle } from '../process/child-process.ts';
import type { AuditLog } from './audit-log.ts';
import type { CredentialStore } from './credential-store.ts';
import type { SharedKeys } from './shared-keys.ts';
import type { TurnUsage, UsageLog } from './usage-log.ts';

export type { AuditLog, AuditQuery, AuditRecord } from './audit-log.ts';
export type { CredentialStore, RefreshRecord } from './credential-store.ts';
export { dayOf, type TurnUsage, type UsageLog, type UsageQuery, type UsageRecord } from './usage-log.ts';

/** A session as it is stored. Times are Unix milliseconds. */
export type SessionRecord = {
  id: string;
  ownerId: string;
  botId: string | null;
  workerType: string;
  /** What the client called this conversation; part of the derived id. */
  clientKey: string;
  title: string | null;
  /** Whether somebody gave it its title, rather than its first prompt: an agent does not replace that. */
  isNamed: boolean;
  /** Whether it was put away: it is not in the list. */
  isArchived: boolean;
  workDir: string;
  state: SessionState;
  config: SessionConfig;
  /** The agent's own conversation id, for resuming. */
  nativeSessionId: string | null;
  /** The agent's conversation that this one branches off, until it has one of its own. */
  forkOf: string | null;
  /** Names this life of the log; another epoch means that numbers cannot be compared. */
  epoch: string;
  lastSeq: number;
  /** The turn in progress; `null` between turns. */
  turn: { id: string; firstSeq: number } | null;
  totals: SessionTotals;
  createdAt: number;
  updatedAt: number;
};

/** A logged event. `data` is the event's data as JSON text, made once and never parsed on the way out. */
export type EventRecord = {
  seq: number;
  id: string;
  type: string;
  turnId: string | null;
  timestamp: number;
  data: string;
};

/** An accepted prompt and its receipt. */
export type InputRecord = {
  inputId: string;
  /** SHA-256 of what was sent; the same id with another hash is a conflict. */
  bodyHash: string;
  content: string;
  parts: InputPart[] | null;
  author: string;
  delivery: Delivery;
  status: InputStatus;
  turnId: string | null;
  createdAt: number;
  /** It waits until then, and all others with it, Unix milliseconds; `null`: it does not. */
  notBefore: number | null;
};

/** Something an agent asked and a person decides, once. */
export type InteractionRecord = {
  id: string;
  kind: 'permission' | 'question' | 'elicitation';
  turnId: string | null;
  /** The request's data as it was sent to clients. */
  request: Record<string, unknown>;
  status: 'open' | 'resolved';
  /** The data of the resolved event; `null` while open. */
  resolution: Record<string, unknown> | null;
  /** What the agent was told; `null` while open. */
  answer: Record<string, unknown> | null;
  /** Unix milliseconds; `null` while open, and of what an earlier version resolved. */
  resolvedAt: number | null;
  deadlineAt: number;
  createdAt: number;
};

/** The process that works for a session, as the next gateway will find it. */
export type WorkerRecord = {
  process: ProcessHandle;
  /** How many bytes of its output are contained in the log. */
  offset: number;
  /** What its adapter remembers, as JSON text. */
  memory: string;
  /**
   * The turn it was in when this was written; another one than the session's means that a prompt may not have reached it,
   * or that it was being ended.
   */
  turnId: string | null;
};

/** Where a worker got to, and what it remembers if that is something else than before. */
export type WorkerChange = Omit<WorkerRecord, 'memory'> & { memory?: string };

/** What one step of a session changes. All of it is stored or none. */
export type Commit = {
  events?: readonly EventRecord[];
  /** Fields of the session that change. `lastSeq` follows from the events by itself. */
  session?: Partial<
    Pick<
      SessionRecord,
      | 'title'
      | 'isNamed'
      | 'isArchived'
      | 'state'
      | 'config'
      | 'nativeSessionId'
      | 'forkOf'
      | 'turn'
      | 'totals'
      | 'epoch'
    >
  >;
  /** Inserted, or replaced by `inputId`. */
  inputs?: readonly InputRecord[];
  /** Inserted, or replaced by `id`. */
  interactions?: readonly InteractionRecord[];
  /** Inserted or replaced; `null` removes it. Without `memory` that stays as it is. */
  worker?: WorkerChange | null;
  /** Appended to the audit log. */
  audit?: readonly AuditEntry[];
  /** Added to what was used on this day. */
  usage?: TurnUsage;
  /** Receivers that are to be told of it. */
  deliveries?: readonly NewHookDelivery[];
};

/** A conversation that an agent has, or had, with a session. */
export type AgentConversation = {
  ownerId: string;
  /** The session that has it; null once none has. */
  sessionId: string | null;
};

export type SessionQuery = {
  ownerId?: string;
  /** Leaves out sessions that belong to another bot; those of no bot stay. */
  botId?: string;
  workerType?: string;
  state?: SessionState;
  /** Those that were put away, or the others; without it both. */
  isArchived?: boolean;
  /** In the id, the owner or the work dir, as it stands there. */
  text?: string;
  limit: number;
  before?: { updatedAt: number; id: string };
};

/** Searches everything that was said in the sessions of one owner, newest first. */
export type SearchQuery = {
  ownerId: string;
  botId?: string;
  /** Words that all have to be in one passage; at most 256 characters each. */
  text: string;
  limit: number;
  /** Where the page before ended. */
  before?: number;
};

/** A passage with all words of a search in it. */
export type SearchHit = {
  sessionId: string;
  /** The session's title. */
  title: string | null;
  /** Whether the session was put away. */
  isArchived: boolean;
  /** The number of the event where the text begins; 0 for a title. */
  seq: number;
  kind: 'prompt' | 'message' | 'title';
  timestamp: number;
  content: string;
};

/** A page may have fewer hits than asked for, even none, and still not be the last: each look has its limit. */
export type SearchPage = { hits: SearchHit[]; next: number | null };

/**
 * Where sessions live. Every write is on disk (or refused by a throw) when the call returns: an event that was
 * delivered is stored. Throws GatewayError: GATEWAY_OVERLOAD when the disk is full or locked, INTERNAL_ERROR otherwise.
 */
export interface SessionStore {
  create(record: SessionRecord, commit?: Commit): void;
  /**
   * Copies about as many rows of another's log for a session that `fork` is to make, and that nobody sees before; true when so
   * few are left that `fork` can do it. What is not gone on with is removed by `removePart`, and after a crash found as
   * deleted. Absent: `fork` copies all.
   */
  copyPart?(record: SessionRecord, from: string, rows: number): boolean;
  /** Creates the session with a copy of another's log, up to the record's `lastSeq`; then the commit. */
  fork(record: SessionRecord, from: string, commit: Commit): void;
  find(id: string): SessionRecord | undefined;
  /** Newest change first. */
  list(query: SessionQuery): SessionRecord[];
  /** Whose session ever had this conversation of an agent; what is known of it outlives that session. */
  agentConversation(workerType: string, nativeSessionId: string): AgentConversation | undefined;
  /** How many sessions there are in each state; states without any are left out. */
  countByState(): Partial<Record<SessionState, number>>;
  /** `now` becomes the session's `updatedAt`. Throws if a seq does not follow the last one. */
  commit(sessionId: string, commit: Commit, now: number): void;
  /**
   * Whether what was written for a session so far has yet to get where it has to be; `told` is called once when it is
   * there, or with the reason why it never will be: this gateway may not write to the session any more. Nothing that it
   * causes may be seen before. Absent: it is there when the write returns.
   */
  awaitSettled?(sessionId: string, told: (refusal?: GatewayError) => void): boolean;
  /** Whether this gateway works for the session. Absent: it does for all. */
  holds?(sessionId: string): boolean;
  /** Events with `after < seq`, in order. */
  events(sessionId: string, after: number, limit: number): EventRecord[];
  /** The last events with `seq < before`, in order. */
  eventsBefore(sessionId: string, before: number, limit: number): EventRecord[];
  /** The first number that can be replayed; `lastSeq + 1` when there is nothing. */
  oldestSeq(sessionId: string): number;
  input(sessionId: string, inputId: string): InputRecord | undefined;
  /** In the order they were accepted. */
  inputs(sessionId: string, statuses: readonly InputStatus[]): InputRecord[];
  interaction(sessionId: string, id: string): InteractionRecord | undefined;
  openInteractions(sessionId: string): InteractionRecord[];
  /** Those of this turn, or of no turn, that were decided, in the order they were asked. */
  resolvedInteractions(sessionId: string, turnId: string | null): InteractionRecord[];
  worker(sessionId: string): WorkerRecord | undefined;
  /** The sessions with a turn in progress, a prompt that waits or a worker. */
  unfinished(): SessionRecord[];
  search(query: SearchQuery): SearchPage;
  /** Sessions without a turn whose last change was before `time`, and those deleted whose rows are left; oldest first. */
  untouchedSince(time: number, limit: number): string[];
  /** Removes about as many rows of a deleted session, itself last; true when there is no such session any more. */
  removePart(sessionId: string, rows: number): boolean;
  /** Removes the session and everything that belongs to it, at once. */
  remove(sessionId: string): void;
  close(): void;
}

/** All that a gateway keeps. */
export type Store = SessionStore &
  CredentialStore &
  AuditLog &
  UsageLog &
  HookOutbox &
  ShareLinkStore &
  ApprovalLinkStore &
  PushDevices &
  ConfigHistory & {
    /** Absent: no other gateway can look into this store. */
    sharedKeys?: SharedKeys;
  };
