import type {
  Delivery,
  InputPart,
  InputStatus,
  SessionConfig,
  SessionState,
  SessionTotals,
} from '@hotplex/aep-protocol';
import type { ProcessHandle } from '../process/child-process.ts';

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
