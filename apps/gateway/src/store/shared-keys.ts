/** Keys that all nodes of a cluster have, as they sealed them. */
export interface SharedKeys {
  /** Undefined: no node has put it there. */
  sealedKey(name: string): string | undefined;
  /** Puts a key in place of what was read before, if that is still there; false: another node was quicker. */
  replaceKey(name: string, change: { before: string | undefined; sealed: string; now: number }): boolean;
}
