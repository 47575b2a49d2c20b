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
  const frames = encode(events.map((event) => frameOf(sessionId, event)));
  made.set(events, frames);
  return frames;
}

/** Encoded together and cut apart: to count bytes costs less than to ask for memory for each frame. */
function encode(texts: readonly string[]): Buffer[] {
  const all = texts.join('');
  const bytes = Buffer.from(all);
  const isAscii = bytes.length === all.length;
  let end = 0;
  return texts.map((text) => {
    const length = isAscii ? text.length : Buffer.byteLength(text);
    end += length;
    return bytes.subarray(end - length, end);
  });
}
