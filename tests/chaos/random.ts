/** Numbers that a seed decides, from 0 (included) to 1 (excluded); mulberry32, public domain. */
export type Random = {
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number;
  pick<T>(items: readonly T[]): T;
  /** So many of them, each at most once; all of them, in their order, where that is not fewer. */
  some<T>(items: readonly T[], count: number): readonly T[];
  /** Without end: each of them once, in any order, before one comes again. */
  deal<T>(items: readonly T[]): Generator<T, never>;
};

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const take = <T>(rest: T[]) => rest.splice(Math.floor(next() * rest.length), 1);
  return {
    next,
    between: (min, max) => min + Math.floor(next() * (max - min + 1)),
    pick(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error('there is nothing to pick from');
      return item;
    },
    some(items, count) {
      if (count >= items.length) return items;
      const rest = [...items];
      return Array.from({ length: count }, () => take(rest)).flat();
    },
    *deal(items) {
      for (;;) for (const rest = [...items]; rest.length > 0; ) yield* take(rest);
    },
  };
}
