import { expect, test } from 'vitest';
import { runChaos } from '../chaos/run-chaos.ts';

/** A busy machine is waited for. */
const withinMs = 400_000;

test(
  '[R1] [R2] [R3] [S2] [S6] [I1] [I2] [E4] under random faults nothing is lost and nothing runs twice',
  async () => {
    const seed = Number(process.env.HOTPLEX_TEST_SEED ?? Date.now() % 1_000_000_000);
    console.log(`HOTPLEX_TEST_SEED=${seed}`);
    const reports = await runChaos({ seed, sessions: 2, clients: 3, rounds: 2, faultsPerRound: 6 });
    expect(reports.flatMap(({ violations }) => violations)).toEqual([]);
    expect(reports).toHaveLength(2);
    expect(reports.some(({ adoptions }) => adoptions > 0)).toBe(true);
  },
  withinMs,
);
