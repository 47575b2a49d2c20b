import { setImmediate as nextRound } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchEventLoop } from '../src/event-loop-share.ts';

test('a thread that does nothing but work says so', async () => {
  const share = watchEventLoop();
  await nextRound();
  share();
  const until = performance.now() + 50;
  while (performance.now() < until);
  expect(share()).toBeGreaterThan(0.9);
  expect(share()).toBeLessThanOrEqual(1);
});
