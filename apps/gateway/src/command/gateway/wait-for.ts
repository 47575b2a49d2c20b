import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until there is an answer; undefined if there is none within the time, ms. */
export async function waitFor<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  withinMs: number,
): Promise<T | undefined> {
  const until = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() >= until) return undefined;
    await pause(50);
  }
}
