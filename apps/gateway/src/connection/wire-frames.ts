import { framesOf } from '../session/frame.ts';
import type { EventRecord } from '../store/store.ts';

/** `bytes`: the frames with their heads, in one piece; undefined where they could not be made so. */
type Batch = { frames: readonly Buffer[]; bytes: Buffer | undefined };

/**
 * All who follow a session are told a batch one after the other, so it is enough to know the last one.
 * NOTE: in a WeakMap each would outlive a scavenge, and with it the 64 KiB that Node cuts small buffers from.
 */
let last: Batch & { events: readonly EventRecord[] } = { events: [], frames: [], bytes: undefined };

/** The head of a final frame with a text of so many bytes, as a server sends it (RFC 6455, 5.2); its room in a string. */
const [finalText, inTwoBytes] = [0x81, 126];
const [shortest, longest] = [126, 0xffff];
const room = '\0\0\0\0';

/**
 * The frames of a batch as bytes. Everybody who is told the same batch gets the same bytes: two hundred viewers cost one
 * encoding and, while their sockets wait, one copy.
 */
export function wireFrames(sessionId: string, events: readonly EventRecord[]): readonly Buffer[] {
  if (events !== last.events) last = { events, ...encode(framesOf(sessionId, events)) };
  return last.frames;
}

/** All these frames with their heads, in one piece, for a server's socket; undefined if there is no such piece. */
export function wireBytes(frames: readonly Buffer[]): Buffer | undefined {
  return frames === last.frames ? last.bytes : undefined;
}

/** Encoded together and cut apart: to count bytes costs less than to ask for memory for each frame. */
function encode(texts: readonly string[]): Batch {
  const all = `${room}${texts.join(room)}`;
  const bytes = Buffer.from(all);
  const isAscii = bytes.length === all.length;
  let isWhole = texts.length > 0;
  let end = 0;
  const frames = texts.map((text) => {
    const length = isAscii ? text.length : Buffer.byteLength(text);
    isWhole &&= length >= shortest && length <= longest;
    const start = end + room.length;
    if (isWhole) writeHead(bytes, end, length);
    end = start + length;
    return bytes.subarray(start, end);
  });
  return { frames, bytes: isWhole ? bytes : undefined };
}

function writeHead(bytes: Buffer, at: number, length: number): void {
  bytes[at] = finalText;
  bytes[at + 1] = inTwoBytes;
  bytes[at + 2] = length >> 8;
  bytes[at + 3] = length & 0xff;
}
