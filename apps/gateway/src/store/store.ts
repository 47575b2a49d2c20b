import type { InputStatus, SessionState } from '@hotplex/aep-protocol';
import type { ApprovalLinkStore } from '../ground/approval-link.ts';
import type { ConfigHistory } from '../ground/config-record.ts';
import type { GatewayError } from '../ground/gateway-error.ts';
import type { HookOutbox } from '../ground/hook-delivery.ts';
import type { PushDevices } from '../ground/push-device.ts';
import type { ShareLinkStore } from '../ground/share-link.ts';
import type { AuditLog } from './audit-log.ts';
import type { Commit } from './commit.ts';
import type { CredentialStore } from './credential-store.ts';
import type {
  EventRecord,
  InputRecord,
  InteractionRecord,
  SessionRecord,
  WorkerRecord,
} from './session-records.ts';
import type { SearchPage, SearchQuery } from './session-search.ts';
import type { SharedKeys } from './shared-keys.ts';
import type { UsageLog } from './usage-log.ts';

export type { AuditLog, AuditQuery, AuditRecord } from './audit-log.ts';
export type { Commit } from './commit.ts';
export type { CredentialStore, RefreshRecord } from './credential-store.ts';
export type {
  EventRecord,
  InputRecord,
  InteractionRecord,
  SessionRecord,
  WorkerChange,
  WorkerRecord,
} from './session-records.ts';
export type { SearchHit, SearchPage, SearchQuery } from './session-search.ts';
export { dayOf, type TurnUsage, type UsageLog, type UsageQuery, type UsageRecord } from './usage-log.ts';

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
