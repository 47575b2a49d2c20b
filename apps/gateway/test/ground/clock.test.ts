import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/ground/clock.ts';

const day = 86_400_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('[S4] a wait that is longer than the system counts is as long as it was asked for', () => {
  const fired: number[] = [];
  const start = Date.now();
  systemClock.after(90 * day, () => fired.push((Date.now() - start) / day));
  const cancelled = systemClock.after(60 * day, () => fired.push(0));
  vi.advanceTimersByTime(59 * day);
  expect(fired).toEqual([]);
  cancelled.cancel();
  vi.advanceTimersByTime(32 * day);
  expect(fired).toEqual([90]);
});

test('[S4] a long wait begins anew when it is refreshed', () => {
  let fired = false;
  const timer = systemClock.after(40 * day, () => {
    fired = true;
  });
  vi.advanceTimersByTime(39 * day);
  timer.refresh();
  vi.advanceTimersByTime(39 * day);
  expect(fired).toBe(false);
  vi.advanceTimersByTime(2 * day);
  expect(fired).toBe(true);
});
