import type { Socket } from 'node:net';
import { askForSocket } from './ask.ts';

export type RawFrame = {
  seq: number;
  session_id: string;
  priority?: string;
  event: { type: string; data: Record<string, unknown> };
};

export type RawClient = Disposable & {
  stream: Socket;
  /** Text frames in the order they came. */
  frames: RawFrame[];
  /** The code of the close frame, or 1006 if the link just ended. */
  closed: Promise<number>;
  send(type: string, data: Record<string, unknown>, id?: string): void;
  /** Sends a text frame, whatever is in it. */
  sendText(text: string): void;
  /** The first frame of a kind, now or later. */
  heard(type: string, matches?: (data: Record<string, unknown>) => boolean): Promise<RawFrame>;
};

type Waiting = { type: string; matches(data: Record<string, unknown>): boolean; tell(frame: RawFrame): void };

/** A WebSocket on a bare stream: it can stop reading, answer no ping and say what it likes. No WebSocket of the platform can. */
export async function openRawClient(
  port: number,
  headers: Record<string, string> = {},
  path = '/ws',
): Promise<RawClient> {
  const { stream, line } = await askForSocket(port, path, headers);
  if (!line.includes(' 101 ')) {
    stream.destroy();
    throw new Error(line);
  }
  const frames: RawFrame[] = [];
  const waiting = new Set<Waiting>();
  const closed = Promise.withResolvers<number>();
  const chunks = createFrameReader((opcode, payload) => {
    if (opcode === 8) {
      closed.resolve(payload.length < 2 ? 1005 : payload.readUInt16BE(0));
      stream.end(encode(8, payload));
    }
    if (opcode === 9) stream.write(encode(10, payload));
    if (opcode !== 1) return;
    const frame = JSON.parse(payload.toString()) as RawFrame;
    frames.push(frame);
    for (const entry of waiting) {
      if (entry.type !== frame.event.type || !entry.matches(frame.event.data)) continue;
      waiting.delete(entry);
      entry.tell(frame);
    }
  });
  stream.on('data', chunks);
  stream.on('error', () => stream.destroy());
  stream.on('close', () => closed.resolve(1006));
  const sendText = (text: string) => {
    if (stream.writable) stream.write(encode(1, Buffer.from(text)));
  };
  return {
    ...{ stream, frames, closed: closed.promise, sendText },
    send: (type, data, id) =>
      sendText(JSON.stringify({ version: 'aep/v1', ...(id ? { id } : {}), event: { type, data } })),
    heard(type, matches = () => true) {
      const known = frames
        .filter((frame) => frame.event.type === type)
        .find(({ event }) => matches(event.data));
      if (known) return Promise.resolve(known);
      return new Promise((tell) => waiting.add({ type, matches, tell }));
    },
    [Symbol.dispose]: () => void stream.destroy(),
  };
}

/** Frames of a server are not masked (RFC 6455, 5.1). */
function createFrameReader(onFrame: (opcode: number, payload: Buffer) => void): (chunk: Buffer) => void {
  let kept: Buffer = Buffer.alloc(0);
  return (chunk) => {
    kept = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
    let at = 0;
    while (kept.length - at >= 2) {
      const short = (kept[at + 1] ?? 0) & 0x7f;
      const head = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (kept.length - at < head) break;
      const length =
        short === 126 ? kept.readUInt16BE(at + 2) : short === 127 ? kept.readUInt32BE(at + 6) : short;
      if (kept.length - at < head + length) break;
      onFrame((kept[at] ?? 0) & 0x0f, kept.subarray(at + head, at + head + length));
      at += head + length;
    }
    kept = kept.subarray(at);
  };
}

/** With the mask 0, so that the payload goes as it is. */
function encode(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (length < 126 ? length : length < 65_536 ? 126 : 127);
  if (length >= 65_536) head.writeUInt32BE(length, 6);
  else if (length >= 126) head.writeUInt16BE(length, 2);
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}
