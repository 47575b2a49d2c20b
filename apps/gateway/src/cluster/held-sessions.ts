import type { Owner, OwnerTable } from '../ground/owner-table.ts';

type HeldSessionsOptions = {
  owners: Pick<OwnerTable, 'standing'>;
  /** This node's life now. */
  life(): string;
  /** Lets go of a session that another node has now: nothing of it is written or told here any more. */
  drop(sessionId: string): void;
};

/**
 * The sessions that this node believes to have, and as which owner. In doubt the shared database knows better: what is
 * not its own there is let go of here.
 */
export class HeldSessions {
  readonly #options: HeldSessionsOptions;
  readonly #owners = new Map<string, Owner>();
  /** Of those held, what began here and was not seen in the shared database yet: its first write may still be on its way. */
  readonly #begun = new Set<string>();

  constructor(options: HeldSessionsOptions) {
    this.#options = options;
  }

  /** As which owner; undefined: it is not held. */
  find(sessionId: string): Owner | undefined {
    return this.#owners.get(sessionId);
  }

  /** All of them as they are now: what comes or goes later does not change it. */
  all(): [sessionId: string, owner: Owner][] {
    return [...this.#owners];
  }

  /** It begins here: the shared database will hear of it with its first write. */
  begin(sessionId: string, owner: Owner): void {
    this.#owners.set(sessionId, owner);
    this.#begun.add(sessionId);
  }

  /** It is this owner's in the shared database. */
  take(sessionId: string, owner: Owner): void {
    this.#owners.set(sessionId, owner);
  }

  /** It is gone from here already. */
  forget(sessionId: string): void {
    this.#owners.delete(sessionId);
    this.#begun.delete(sessionId);
  }

  letGo(sessionId: string): void {
    this.forget(sessionId);
    this.#options.drop(sessionId);
  }

  /** Whether it is held, and this node's yet: while the lease is in doubt others may have taken it, and it is let go of. */
  isStillHeld(sessionId: string, owner: Owner | undefined): boolean {
    const held = this.#owners.get(sessionId);
    if (!held) return false;
    if (owner?.life === held.life && owner.fence === held.fence) return true;
    this.letGo(sessionId);
    return false;
  }

  /** Lets go of all sessions but these; what is taken up while it is asked which they are stays, and so does what just began. */
  async keepOnly(ask: () => Promise<readonly string[] | undefined>): Promise<boolean> {
    const before = this.all();
    const asked = await ask();
    if (!asked) return false;
    const ours = new Set(asked);
    for (const [sessionId, owner] of before) {
      if (ours.has(sessionId)) this.#begun.delete(sessionId);
      else if (!(await this.#isJustBegun(sessionId, owner)) && this.#owners.get(sessionId) === owner)
        this.letGo(sessionId);
    }
    return true;
  }

  /** They are the next life's of this node. */
  moveTo(life: string): void {
    for (const [sessionId, owner] of this.#owners) this.#owners.set(sessionId, { ...owner, life });
  }

  /** Where nobody can say it, it stays: what it writes is refused if it is another node's. */
  async #isJustBegun(sessionId: string, { fence }: Owner): Promise<boolean> {
    if (!this.#begun.has(sessionId)) return false;
    const standing = await this.#options.owners.standing(sessionId).catch(() => undefined);
    if (!standing?.exists) return true;
    // Its first write got there after it was asked what is ours.
    return standing.owner?.life === this.#options.life() && standing.owner.fence === fence;
  }
}
