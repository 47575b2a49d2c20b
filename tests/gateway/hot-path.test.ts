import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import baseline from '../bench/hot-path/baseline.json' with { type: 'json' };

const program = fileURLToPath(new URL('../bench/hot-path/play-hot-path.ts', import.meta.url));
/** Runs differ by a few percent in what they allocate, and in nothing else. */
const most = 1.1;

/** JSON has no word for what is not a number. */
type Cost = Record<string, number | null>;
type Costs = { node: number; paced: Cost; flood: Cost };

// Time says little on a machine that is shared; what is counted here is the same on each. Instructions have a test of their own.
test('a piece of text of an agent costs no more than before: memory, statements, writes, JSON, frames', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', program]);
  const costs: Costs = JSON.parse(stdout);
  const before: Costs = baseline;
  // Another V8 allocates otherwise for the same code.
  const judged = (what: string) => what !== 'allocated' || costs.node === before.node;
  const dearer = (['paced', 'flood'] as const).flatMap((shape) =>
    Object.entries(before[shape]).flatMap(([what, usual]) => {
      const now = costs[shape][what] ?? Number.NaN;
      return !judged(what) || now <= Number(usual) * most
        ? []
        : [`${shape}: ${what} was ${usual}, is ${now}`];
    }),
  );
  // If it is worth it: node tests/bench/hot-path/play-hot-path.ts --write
  expect(dearer).toEqual([]);
});
