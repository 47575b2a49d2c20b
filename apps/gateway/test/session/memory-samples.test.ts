import { expect, test } from 'vitest';
import { MemorySamples } from '../../src/session/memory-samples.ts';
import { createManualClock } from '../support/manual-clock.ts';

test('[Q1] what agents use is looked at again and again, until it is stopped', async () => {
  const clock = createManualClock();
  let bytes = 10;
  const samples = new MemorySamples({
    pids: () => [1],
    measure: async (pids) =>
      new Map([...pids].map((pid) => [pid, { processes: 1, memoryBytes: bytes, cpuMs: 0, ageMs: 0 }])),
    clock,
  });
  expect(samples.of(1)).toBe(0);
  await samples.start();
  expect([samples.of(1), samples.of(2)]).toEqual([10, 0]);
  bytes = 20;
  clock.advance(5_000);
  await Promise.resolve();
  expect(samples.of(1)).toBe(20);
  samples.stop();
  bytes = 30;
  clock.advance(60_000);
  await Promise.resolve();
  expect(samples.of(1)).toBe(20);
});
