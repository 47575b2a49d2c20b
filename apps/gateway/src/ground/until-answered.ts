import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';

/** How long it waits before it asks again, milliseconds. */
const pauseMs = 1_000;

/** Asks until there is an answer: what was to be done is not to be forgotten. Undefined once it `isOver`. */
export async function untilAnswered<T>(
  ask: () => Promise<T>,
  { clock, logger, isOver }: { clock: Clock; logger: Logger; isOver: () => boolean },
): Promise<T | undefined> {
  while (!isOver()) {
    try {
      return await ask();
    } catch (error) {
      logger.warn({ error: String(error) }, 'the shared database does not answer: it is asked again');
      await new Promise<void>((resolve) => clock.after(pauseMs, resolve));
    }
  }
  return undefined;
}
