import { frameOf } from '../session/frame.ts';
import type { EventRecord } from '../store/store.ts';

const made = new WeakMap<readonly EventRecord[], readonly Buffer[]>();

/**
 * The frames of a batch as bytes. Everybody who is told the same batch gets the same bytes: two hundred viewers cost one
 * encoding and, while their sockets wait, one copy.
 */
export function wireFrames(sessionId: string, events: readonly EventRecord[]): readonly Buffer[] {
  const known = made.get(events);
  if (known) return known;
  const frames = events.map((event) => Buffer.from(frameOf(sessionId, event)));
  made.set(events, frames);
  return frames;
}
