/**
 * Whose a session is. The fence rises with each owner: what an earlier one still writes is refused. `workspace` names the
 * disk that its work dir is on; only nodes with that disk can work for it.
 */
export type Owner = { life: string | null; fence: number; workspace: string };

/** What is known of a session in the database that all nodes share. */
export type Standing = { exists: boolean; owner: Owner | undefined };

/** Whose sessions are, for all nodes: rows of the shared database. Each call throws GATEWAY_OVERLOAD if that cannot be reached. */
export interface OwnerTable {
  standing(sessionId: string): Promise<Standing>;
  /** Puts this life in the place of `before`; undefined if somebody was quicker. */
  claim(
    sessionId: string,
    claim: { life: string; workspace: string; before: Owner | undefined },
  ): Promise<Owner | undefined>;
  /** It is nobody's from now on, if it still was this owner's. */
  release(sessionId: string, owner: Owner): Promise<void>;
  /**
   * What was one life's is the next one's of the same process, with the same fences: what it still has under way is stored,
   * and what it writes from now on is the next life's. Those that are.
   */
  move(from: string, to: string): Promise<string[]>;
  /** What was a life's that has ended is this one's, with fences higher by one: nothing that is still under way is stored. */
  inherit(from: string, to: string): Promise<void>;
  /** All that are this life's. */
  ownedBy(life: string): Promise<string[]>;
  /** Those of this life, or of nobody, in which a turn runs, a prompt waits or a worker is left. */
  unfinishedOf(life: string | null): Promise<string[]>;
  /** The lives that have such sessions; null: some are nobody's. */
  unfinishedLives(): Promise<(string | null)[]>;
}
