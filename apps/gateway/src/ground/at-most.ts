import type { Clock, Timer } from './clock.ts';

/** Resolves when one of the events happened, or after `ms`. */
export async function atMost(clock: Clock, ms: number, events: readonly Promise<unknown>[]): Promise<void> {
  let timer: Timer | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = clock.after(ms, resolve);
  });
  await Promise.race([...events, tooLong]);
  timer?.cancel();
}
