import { expect, onTestFinished, test } from 'vitest';
import { compareLoad } from '../bench/compare-load.ts';
import { buildRig } from '../bench/rig.ts';
import type { Run } from '../bench/scenarios/scenario.ts';

test('the bench measures the gateway and both limits under the same load', async () => {
  const rig = buildRig();
  onTestFinished(() => rig[Symbol.dispose]());
  const bench = { rig, repetitions: 1, quick: true };
  const runs: Run[] = [];
  for await (const run of compareLoad(bench, {
    ...{ case: 'few', sessions: 2 },
    load: { pieces: 50, rate: 200, burst: 5 },
  })) {
    runs.push(run);
  }
  expect(runs.map(({ subject }) => subject)).toEqual(['c-relay', 'plain-node', 'hotplex']);
  for (const { figures } of runs) {
    expect(figures.cpuPerEvent).toBeGreaterThan(0);
    expect(figures.latencyP50Ms).toBeGreaterThan(0);
    expect(figures.bytesPerEvent).toBeGreaterThan(40);
  }
  expect(runs.at(-1)?.figures.diskBytesPerEvent).toBeGreaterThanOrEqual(0);
});
