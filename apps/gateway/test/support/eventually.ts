import { expect } from 'vitest';

/** What shall be so some time, on a busy machine too. */
export const eventually = <Value>(read: () => Value | Promise<Value>) =>
  expect.poll(read, { timeout: 30_000 });
