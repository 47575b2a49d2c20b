import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { processorTime } from '../../src/ground/processor-time.ts';

test('it goes on while something is computed here, and not for what another process computes', () => {
  const before = processorTime();
  let sum = 0;
  for (let at = 0; at < 20_000_000; at++) sum += at % 7;
  expect(sum).toBeGreaterThan(0);
  expect(processorTime()).toBeGreaterThan(before);
  const [since, used] = [performance.now(), processorTime()];
  execFileSync('/bin/sh', ['-c', 'i=0; while [ $i -lt 200000 ]; do i=$((i + 1)); done']);
  expect(processorTime() - used).toBeLessThan((performance.now() - since) / 2);
});
