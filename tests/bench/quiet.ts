import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { sum } from '../../apps/gateway/src/ground/sum.ts';

const lookMs = 250;
const enough = 0.15;

/** Waits a while until nobody else works on this machine; returns the share of it that others still use. */
export async function waitForQuiet({ quick }: { quick: boolean }): Promise<number> {
  let busy = 1;
  for (let look = 0; look < (quick ? 1 : 12) && busy > enough; look += 1) {
    const before = times();
    await sleep(lookMs);
    const after = times();
    busy = 1 - (after.idle - before.idle) / Math.max(1, after.all - before.all);
  }
  return busy;
}

function times(): { idle: number; all: number } {
  const all = cpus().map(({ times }) => times);
  return {
    idle: sum(all.map(({ idle }) => idle)),
    all: sum(all.flatMap((times) => Object.values(times))),
  };
}
