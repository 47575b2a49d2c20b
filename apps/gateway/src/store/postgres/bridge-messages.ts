import type { Statement } from './postgres-access.ts';

/**
 * How the database is used: by a gateway that is `alone`, by one of `several` of a cluster, which keep one that is alone
 * out, or by a command, `beside` whoever uses it.
 */
export type DatabaseLock = 'alone' | 'several' | 'beside';

/** What the worker thread is told when it is made. */
export type BridgeData = {
  url: string;
  /** Milliseconds from a request to its answer. */
  limitMs: number;
  lock: DatabaseLock;
  /** Two places, see `places`. */
  shared: Int32Array<SharedArrayBuffer>;
};

/** What stands where in the memory that both threads see: how many answers there were, and whether it is worth asking. */
export const places = { answers: 0, isDown: 1 } as const;

/** What the main thread says. */
export type BridgeRequest =
  | { kind: 'read' | 'write'; id: number; statements: readonly Statement[] }
  /** Nobody waits for that answer any more. */
  | { kind: 'abandon' }
  | { kind: 'close'; id: number };

/** Why there are no rows. */
export type BridgeFailure = {
  /**
   * `unreachable`: there is no connection. `lost`: it went away while something was being written, which may be stored or
   * not. `taken`: another gateway has the database. `refused`: PostgreSQL answered with an error.
   */
  kind: 'unreachable' | 'lost' | 'taken' | 'refused';
  /** SQLSTATE, or a code of the operating system. */
  code: string | undefined;
  message: string;
};

/** What the worker thread answers; id 0 is how its first connection went. */
export type BridgeAnswer = { id: number } & ({ rows: unknown[][] } | { failure: BridgeFailure });
