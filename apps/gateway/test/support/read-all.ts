import type { Duplex } from 'node:stream';

/** All that comes of a stream. What `node:stream/consumers` does also destroys the stream, and with it the other direction. */
export async function readAll(
  stream: Duplex,
  onPiece: (piece: Buffer) => unknown = () => {},
): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of stream.iterator({ destroyOnReturn: false })) {
    all.push(piece);
    await onPiece(piece);
  }
  return Buffer.concat(all);
}
