import { randomBytes } from 'node:crypto';
import { SealedStream } from '../../../src/cluster/nats/sealed-stream.ts';
import { type Clock, systemClock } from '../../../src/ground/clock.ts';

/** What carries messages between two streams; what it returns arrives, in this order. */
export type Carrier = (message: Buffer, side: 'near' | 'far') => readonly Buffer[];

type PairOptions = { carry?: Carrier; clock?: Clock; pieceBytes?: number };

/** Two sides of a stream in one process; every message arrives a moment later. */
export function openStreamPair({
  carry = (message) => [message],
  clock = systemClock,
  pieceBytes = 64 * 1024,
}: PairOptions = {}) {
  const [one, other] = [randomBytes(32), randomBytes(32)];
  const open = (side: 'near' | 'far', keys: { outgoing: Buffer; incoming: Buffer }): SealedStream => {
    const stream: SealedStream = new SealedStream({
      ...{ keys, pieceBytes, clock, aliveMs: 2_500, silenceMs: 10_000 },
      send(message) {
        const target = side === 'near' ? far : near;
        for (const each of carry(message, side)) setImmediate(() => target.receive(each));
      },
    });
    return stream.on('error', () => {});
  };
  const near = open('near', { outgoing: one, incoming: other });
  const far = open('far', { outgoing: other, incoming: one });
  return { near, far };
}
