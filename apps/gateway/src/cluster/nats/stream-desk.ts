import type { Duplex } from 'node:stream';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { z } from 'zod';
import type { Clock } from '../../ground/clock.ts';
import { GatewayError } from '../../ground/gateway-error.ts';
import type { Ids } from '../../ground/ids.ts';
import type { Logger } from '../../ground/logger.ts';
import { BrokenStream } from './broken-stream.ts';
import type { ClusterKeys } from './cluster-keys.ts';
import { readLetter } from './letters.ts';
import type { OwnLife } from './own-lease.ts';
import type { LineKeys } from './sealed-line.ts';
import { SealedStream } from './sealed-stream.ts';
import type { Subjects } from './subjects.ts';

/** What each side says of itself before a stream is open. */
const greetingSchema = z.object({
  /** Never used before; the keys of the stream follow from both. */
  nonce: z.string().min(32),
  /** Where it hears the other side. */
  inbox: z.string().regex(/^[\w-]+$/),
});
type Greeting = z.infer<typeof greetingSchema>;

type StreamDeskOptions = {
  connection: NatsConnection;
  keys: ClusterKeys;
  subjects: Subjects;
  own: OwnLife;
  /** Whether a life may still be there; asks for one that was not heard of. */
  isThere(life: string): Promise<boolean>;
  /** Takes a stream that another life opened, once that has spoken in it. */
  take(stream: Duplex, from: string): void;
  leaseMs: number;
  clock: Clock;
  ids: Pick<Ids, 'secret'>;
  logger: Logger;
};

/** Two lives that open a stream. */
type Sides = { other: string; mine: Greeting; theirs: Greeting };

type Open = {
  stream: SealedStream;
  other: string;
  /** Called once, when the other side has said something that shows that it has the keys. */
  onSpoken: (() => void) | undefined;
};

/** Largest piece of data in one message, bytes, where the server does not allow less. */
const pieceBytes = 64 * 1024;
const overheadBytes = 1024;

/** The streams of one life: opens them to others, and answers those who open one to it. */
export class StreamDesk {
  readonly #options: StreamDeskOptions;
  readonly #open = new Map<string, Open>();
  /** Number of the last letter of each life that asked for a stream: none of them is answered twice. */
  readonly #asked = new Map<string, number>();
  readonly #subscriptions: readonly Subscription[];

  constructor(options: StreamDeskOptions) {
    this.#options = options;
    const { connection, subjects, own, logger } = options;
    const { life } = own.life;
    // NOTE: what is thrown in a callback would end the reader of the connection.
    const hear = (take: (message: Msg) => Promise<void>) => (error: Error | null, message: Msg) => {
      const taken = error ? Promise.reject(error) : take(message);
      taken.catch((thrown: unknown) => {
        logger.error({ error: String(thrown) }, 'a message of another node could not be taken');
      });
    };
    this.#subscriptions = [
      connection.subscribe(subjects.open(life), { callback: hear((message) => this.#answer(message)) }),
      connection.subscribe(subjects.stream(life, '*'), {
        callback: hear((message) => this.#receive(message)),
      }),
    ];
  }

  /** Throws RECONNECT_REQUIRED if nobody answers. */
  async connect(life: string): Promise<Duplex> {
    const { connection, keys, subjects, own, leaseMs } = this.#options;
    const mine = this.#greeting();
    const letter = own.letters.write(`opening a stream to ${life}`, JSON.stringify(mine));
    const answer = await connection
      .request(subjects.open(life), letter, { timeout: leaseMs / 2 })
      .catch((cause) => {
        throw notThere(cause);
      });
    const reply = readLetter(answer.data, `opening stream ${mine.nonce}`, keys);
    const theirs = reply?.from === life ? readGreeting(reply.text) : undefined;
    if (!theirs) throw notThere(new Error('the answer was not one of that node'));
    const salt = mine.nonce + theirs.nonce;
    const lineKeys = { outgoing: keys.derive('asker', salt), incoming: keys.derive('answerer', salt) };
    const { stream } = this.#start({ other: life, mine, theirs }, lineKeys);
    stream.greet();
    return stream;
  }

  /** That life is over: so are its streams. */
  forget(life: string): void {
    this.#asked.delete(life);
    for (const { stream, other } of this.#open.values())
      if (other === life) stream.destroy(new BrokenStream('the node at the other side of a stream is gone'));
  }

  /** Ends all streams and takes no more. */
  close(): void {
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    for (const { stream } of this.#open.values())
      stream.destroy(new BrokenStream('this node ends its streams'));
  }

  async #answer(message: Msg): Promise<void> {
    const { keys, own, isThere, take, logger } = this.#options;
    const letter = readLetter(message.data, `opening a stream to ${own.life.life}`, keys);
    const theirs = letter && readGreeting(letter.text);
    if (!letter || !theirs)
      return logger.warn({}, 'somebody who has not the secret of the cluster asked for a stream');
    const { from, number } = letter;
    if (number <= (this.#asked.get(from) ?? 0)) return;
    this.#asked.set(from, number);
    if (!(await isThere(from).catch(() => false))) return;
    const mine = this.#greeting();
    const salt = theirs.nonce + mine.nonce;
    const lineKeys = { outgoing: keys.derive('answerer', salt), incoming: keys.derive('asker', salt) };
    const open = this.#start({ other: from, mine, theirs }, lineKeys);
    // Not before: who says once more what somebody asked before has not the keys, and is no reason to do anything.
    open.onSpoken = () => take(open.stream, from);
    message.respond(own.letters.write(`opening stream ${theirs.nonce}`, JSON.stringify(mine)));
  }

  #greeting(): Greeting {
    const { ids } = this.#options;
    return { nonce: ids.secret(32), inbox: ids.secret(16) };
  }

  #start({ other, mine, theirs }: Sides, keys: LineKeys): Open {
    const { connection, subjects, clock, leaseMs, logger } = this.#options;
    const subject = subjects.stream(other, theirs.inbox);
    const allowed = (connection.info?.max_payload ?? pieceBytes) - overheadBytes;
    const stream = new SealedStream({
      keys,
      send: (message) => connection.publish(subject, message),
      pieceBytes: Math.min(pieceBytes, allowed),
      aliveMs: leaseMs / 4,
      silenceMs: leaseMs,
      clock,
    });
    stream.on('error', (error) =>
      logger.debug({ other, error: error.message }, 'a stream to another node broke'),
    );
    stream.on('close', () => this.#open.delete(mine.inbox));
    const open: Open = { stream, other, onSpoken: undefined };
    this.#open.set(mine.inbox, open);
    return open;
  }

  async #receive(message: Msg): Promise<void> {
    const open = this.#open.get(message.subject.slice(message.subject.lastIndexOf('.') + 1));
    const { data } = message;
    if (!open?.stream.receive(Buffer.from(data.buffer, data.byteOffset, data.byteLength))) return;
    const spoken = open.onSpoken;
    open.onSpoken = undefined;
    spoken?.();
  }
}

function readGreeting(text: string): Greeting | undefined {
  try {
    return greetingSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function notThere(cause: unknown): GatewayError {
  return new GatewayError(
    'RECONNECT_REQUIRED',
    'the node that works for this session does not answer: connect again',
    {
      cause,
    },
  );
}
