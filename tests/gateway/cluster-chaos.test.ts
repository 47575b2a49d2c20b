import { expect, test } from 'vitest';
import { runChaos } from '../chaos/run-chaos.ts';

/** A busy machine is waited for. */
const withinMs = 400_000;

test(
  '[R1] [R2] [R3] [S2] [S6] [I1] [I2] [E4] of a cluster under random faults nothing is lost and nothing runs twice',
  async () => {
    const seed = Number(process.env.HOTPLEX_TEST_SEED ?? Date.now() % 1_000_000_000);
    console.log(`HOTPLEX_TEST_SEED=${seed}`);
    const options = { seed, nodes: 3, sessions: 3, clients: 2, rounds: 1, faultsPerRound: 10 };
    const reports = await runChaos(options);
    expect(reports.flatMap(({ violations }) => violations)).toEqual([]);
    expect(reports.some(({ takeovers }) => takeovers > 0)).toBe(true);
  },
  withinMs,
);
