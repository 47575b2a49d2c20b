import type { WorkerEvent } from './worker.ts';

/** A conversation that an agent keeps on this machine. Whether the gateway began it is for others to say. */
export type TerminalConversation = {
  /** The agent's own id, as `WorkerOptions.resume` takes it. */
  id: string;
  /** Its first prompt. */
  about: string;
  /** Unix milliseconds. */
  updatedAt: number;
};

/** A turn of it, as it would have been told. Times are Unix milliseconds. */
export type PastTurn = {
  prompt: string;
  startedAt: number;
  endedAt: number;
  /** What the agent said and did, without `done`. */
  events: WorkerEvent[];
  /** Where the conversation stood after it, as with `done`; absent if the agent cannot be taken back there. */
  point?: string;
};

/** What an agent remembers of a work dir that people began in a terminal there, without the gateway. */
export interface TerminalConversations {
  /** Other worker types whose sessions may have the same conversations, under the same ids. Default: none. */
  readonly sharedWith?: readonly string[];
  /** Those of a work dir, newest first, `most` at most. What cannot be read is left out. */
  list(workDir: string, most: number): Promise<TerminalConversation[]>;
  /** What was said, oldest first; undefined if this work dir has no such conversation. Lines that are not understood are left out. */
  read(workDir: string, id: string): Promise<PastTurn[] | undefined>;
}
