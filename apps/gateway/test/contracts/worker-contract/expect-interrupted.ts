import { expect } from 'vitest';
import type { WorkerEvent } from '../../../src/worker/worker.ts';
import { ofType } from '../of-type.ts';

/** The turn ended because somebody asked for it, which is no error. */
export function expectInterrupted(turn: readonly WorkerEvent[]): void {
  expect(ofType(turn, 'done')[0]?.data).toMatchObject({
    success: false,
    stats: { stop_reason: 'interrupted' },
  });
  expect(ofType(turn, 'error')).toEqual([]);
}
