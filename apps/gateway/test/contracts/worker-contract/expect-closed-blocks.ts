import { expect } from 'vitest';
import type { WorkerEvent } from '../../../src/worker/worker.ts';

/** Every block has one start, then its deltas, then one end. */
export function expectClosedBlocks(events: readonly WorkerEvent[]): void {
  const open = new Set<string>();
  const seen = new Set<string>();
  for (const event of events) {
    if (event.type === 'message.start') {
      expect(seen, 'a block that was begun twice').not.toContain(event.data.id);
      open.add(event.data.id);
      seen.add(event.data.id);
    } else if (event.type === 'message.delta') {
      expect(open, 'a delta outside of its block').toContain(event.data.message_id);
    } else if (event.type === 'message.end') {
      expect(open.delete(event.data.message_id), 'the end of an open block').toBe(true);
    }
  }
  expect([...open], 'blocks without an end').toEqual([]);
}
