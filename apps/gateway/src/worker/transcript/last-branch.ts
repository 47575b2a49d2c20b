type Link<T> = { idOf(entry: T): string | null | undefined; parentOf(entry: T): string | null | undefined };

/** The last entry and all that it follows, oldest first: a person may have gone back in a conversation and begun another branch. */
export function lastBranch<T>(entries: readonly T[], { idOf, parentOf }: Link<T>): T[] {
  const linked = entries.filter((entry) => idOf(entry));
  const known = new Map(linked.map((entry) => [idOf(entry), entry]));
  const branch = new Set<T>();
  for (let next = linked.at(-1); next && !branch.has(next); next = known.get(parentOf(next)))
    branch.add(next);
  return [...branch].toReversed();
}
