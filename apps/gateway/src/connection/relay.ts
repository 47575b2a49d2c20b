import { type ClientEnvelope, closeCodes, decodeClientFrame } from '@hotplex/aep-protocol';
import { callerHeaders, type ForwardedCaller, findingOf } from '../auth/forwarded-caller.ts';
import type { Attempt, Authenticate, Identity } from '../auth/identity.ts';
import type { Router } from '../cluster/router.ts';
import type { Clock } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import type { SessionOwner } from '../session/find-owner.ts';
import { openNodeSocket } from './node-socket.ts';
import type { Socket } from './socket.ts';

/** Bytes that may wait for one end before no more is read of the other. */
const mostWaiting = 128 * 1024;
/** Codes of sockets that ended without a word; they cannot be sent (RFC 6455, 7.4.1). */
const unsaid: ReadonlySet<number> = new Set([1005, 1006, 1015]);

/** How long another node may take to answer, milliseconds. */
const patienceMs = 10_000;

export type RelayOptions = { router: Router; ids: Ids; clock: Clock; authenticate: Authenticate };

/** Somebody whose session is worked for by another node. */
export type RelayedVisitor = {
  identity: Identity;
  attempt: Attempt;
  traceparent: string | undefined;
  offeredSubprotocol: boolean;
  socket: Socket;
  /** Told once, unless the relay was closed from here. */
  onClose(code: number, reason: string): void;
};

/** One of whom more credentials may come, to be looked at here. */
type LedClient = ForwardedCaller & { sessionId: string; secret: string };

/**
 * The frames of a client whose session is worked for by another node, there and back as they are; no more waits here than
 * the slower end will take soon. What has to do with the way in is looked after here: the guard, who it is, how many
 * connections he has, pings, the size of frames. What has to do with the conversation is looked after there, in its order:
 * how often he speaks, whether he reads, when his credential ends, what he may, and what is taken down of it.
 */
export class Relay {
  readonly #visitor: RelayedVisitor;
  readonly #caller: LedClient;
  readonly #options: RelayOptions;
  #node: Socket | undefined;
  #toVisitor = 0;
  #toNode = 0;
  #isOver = false;

  private constructor(visitor: RelayedVisitor, caller: LedClient, options: RelayOptions) {
    this.#visitor = visitor;
    this.#caller = caller;
    this.#options = options;
  }

  /**
   * A relay to that node, greeted with this frame; `moved` if the session is not there any more. Throws RECONNECT_REQUIRED
   * if it cannot be had.
   */
  static async open(
    visitor: RelayedVisitor,
    { sessionId, life }: SessionOwner,
    { init, ...options }: RelayOptions & { init: ClientEnvelope },
  ): Promise<Relay | 'moved'> {
    const { identity, attempt, traceparent, offeredSubprotocol } = visitor;
    const { address, origin } = attempt;
    const caller = { identity, address, origin, sessionId, secret: options.ids.secret(16) };
    const relay = new Relay(visitor, caller, options);
    const stream = await options.router.connect(life);
    const patience = options.clock.after(patienceMs, () => stream.destroy());
    const node = await openNodeSocket({
      stream,
      headers: { ...callerHeaders(caller), ...(traceparent !== undefined && { traceparent }) },
      offersSubprotocol: offeredSubprotocol,
      onFrame: (frame) => relay.#hand(frame),
      onClose: (code, reason) => relay.#closed(code, reason),
    }).finally(() => patience.cancel());
    if (node === 'moved') return node;
    relay.#node = node;
    node.send([Buffer.from(JSON.stringify(init))]);
    return relay;
  }

  /** A frame of the visitor. Resolves when there is room for another. */
  async receive(text: string): Promise<void> {
    const frame = Buffer.from(await this.#withoutCredential(text));
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#toNode += frame.length;
    this.#node?.send([frame], () => {
      this.#toNode -= frame.length;
      resolve();
    });
    if (this.#toNode > mostWaiting) await promise;
  }

  /** The visitor is gone; what he said still arrives. Safe to call twice. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#node?.resume();
    this.#node?.close(1000, '');
  }

  #hand(frame: Buffer): void {
    if (this.#isOver) return;
    this.#toVisitor += frame.length;
    if (this.#toVisitor > mostWaiting) this.#node?.pause();
    this.#visitor.socket.send([frame], () => {
      this.#toVisitor -= frame.length;
      if (this.#toVisitor <= mostWaiting) this.#node?.resume();
    });
  }

  #closed(code: number, reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (!unsaid.has(code)) this.#visitor.onClose(code, reason);
    else this.#visitor.onClose(closeCodes.goingAway.code, 'the node of this session is gone: come back');
  }

  /** A credential stays on this node: what it was found to be goes on in its place (rule H8). */
  async #withoutCredential(text: string): Promise<string> {
    // Without the word, or letters spelled as escapes, it brings none.
    if (!/reauth|\\u/.test(text)) return text;
    const decoded = decodeClientFrame(text);
    if (decoded.outcome !== 'event') return text;
    const { envelope } = decoded;
    const { type, data } = envelope.event;
    if (type !== 'control' || data.action !== 'reauth' || !data.auth) return text;
    const { attempt } = this.#visitor;
    const session = [...(attempt.session ?? []), this.#caller.sessionId];
    const work = this.#options.authenticate({ kind: 'any', ...data.auth }, { ...attempt, session });
    const auth = { token: await findingOf(work, this.#caller) };
    return JSON.stringify({ ...envelope, event: { type, data: { ...data, auth } } });
  }
}
