import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/ground/clock.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { eventRecords } from './support/records.ts';
import { startProgram } from './support/start-program.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const seed = Number(process.env.HOTPLEX_TEST_SEED ?? Date.now() % 2 ** 31);
const rounds = fc.sample(fc.integer({ min: 1, max: 600 }), { numRuns: 6, seed });

it('[G1] what was told is on disk after kill -9, whole commits only, and the next start needs no help', async () => {
  console.info(`kill -9 after ${rounds.join(', ')} commits (HOTPLEX_TEST_SEED=${seed})`);
  const path = join(temporaryFolder(), 'hotplex.db');
  for (const commits of rounds) {
    const told = await killAfter(commits, path);
    const store = await openSqliteStore({ path, clock: systemClock });
    const session = store.find('session-1');
    const count = session?.totals.turn_count ?? 0;
    expect(count, `seed ${seed}`).toBeGreaterThanOrEqual(told.count);
    expect(session?.lastSeq).toBeGreaterThanOrEqual(told.lastSeq);

    const lastSeq = Array.from({ length: count }, (_, index) => ((index + 1) % 5) + 1).reduce(
      (a, b) => a + b,
      0,
    );
    expect(session?.lastSeq).toBe(lastSeq);
    expect(store.events('session-1', 0, lastSeq + 1)).toEqual(eventRecords(1, lastSeq));
    expect(store.inputs('session-1', ['queued']).map(({ inputId }) => inputId)).toEqual(
      Array.from({ length: count }, (_, index) => `${index + 1}`),
    );
    store.close();
  }
});

async function killAfter(commits: number, path: string): Promise<{ count: number; lastSeq: number }> {
  const program = startProgram('commit-forever', path);
  let last = '';
  for (let line = 0; line < commits; line += 1) last = (await program.nextLine()) ?? last;
  last = (await program.kill()).at(-1) ?? last;
  const [count = 0, lastSeq = 0] = last.split(' ').map(Number);
  expect(count).toBeGreaterThanOrEqual(commits);
  return { count, lastSeq };
}
