/** What the sides of a stream say to each other. */
export type StreamFrame =
  | { kind: 'data'; bytes: Buffer }
  /** So much of the window is free again. */
  | { kind: 'read'; weight: number }
  /** No more data comes this way. */
  | { kind: 'end' }
  /** The side that says it is gone, in both directions. */
  | { kind: 'gone' }
  | { kind: 'alive' };

const kinds = ['data', 'read', 'end', 'gone', 'alive'] as const satisfies readonly StreamFrame['kind'][];
const marks = Object.fromEntries(kinds.map((kind, index) => [kind, Buffer.of(index)])) as Record<
  StreamFrame['kind'],
  Buffer
>;

/** Its bytes, in parts that are not copied. */
export function encodeFrame(frame: StreamFrame): Buffer[] {
  const mark = marks[frame.kind];
  if (frame.kind === 'data') return [mark, frame.bytes];
  if (frame.kind !== 'read') return [mark];
  const weight = Buffer.alloc(4);
  weight.writeUInt32BE(frame.weight);
  return [mark, weight];
}

/** Undefined for what another version says. */
export function decodeFrame(bytes: Buffer): StreamFrame | undefined {
  const kind = kinds[bytes[0] ?? kinds.length];
  if (kind === 'data') return { kind, bytes: bytes.subarray(1) };
  if (kind !== 'read') return kind && { kind };
  return bytes.length === 5 ? { kind, weight: bytes.readUInt32BE(1) } : undefined;
}

/** What data takes of the window: small pieces take memory, too. */
export const weightOf = (bytes: number): number => bytes + 256;
