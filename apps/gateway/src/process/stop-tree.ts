import type { Clock } from '../ground/clock.ts';
import type { ProcessTree } from './process-tree.ts';

export type StopOptions = {
  tree: ProcessTree;
  clock: Clock;
  /** How long TERM may take before KILL. */
  graceMs: number;
};

const pollMs = 20;
/** KILL needs no consent; who is still there after this cannot be killed (another user's, or stuck in a driver). */
const killMs = 2_000;

/**
 * TERM, wait, KILL, and look again until nobody is found. Resolves to whether the tree is gone; never rejects.
 * Each process gets TERM at most once.
 */
export async function stopTree({ tree, clock, graceMs }: StopOptions): Promise<boolean> {
  // NOTE: the clock's timers do not keep the gateway alive, and an unfinished stop must.
  const keepAlive = setInterval(() => {}, 60_000);
  const gone = async (withinMs: number) => {
    const deadline = clock.elapsed() + withinMs;
    while (tree.anyAlive() && clock.elapsed() < deadline) {
      await new Promise<void>((resolve) => clock.after(pollMs, resolve));
    }
  };
  try {
    if ((await tree.signal('SIGTERM')) === 0) return true;
    await gone(graceMs);
    const deadline = clock.elapsed() + killMs;
    while ((await tree.signal('SIGKILL')) > 0) {
      if (clock.elapsed() >= deadline) return false;
      await gone(killMs);
    }
    return true;
  } finally {
    clearInterval(keepAlive);
  }
}
