import {
  type ClientData,
  type ClientEnvelope,
  type ClientEvent,
  type CloseName,
  closeCodes,
  type Decoded,
  decodeClientFrame,
  protocolVersion,
} from '@hotplex/aep-protocol';
import type { Attempt, Authenticate, Identity } from '../auth/identity.ts';
import { GatewayError, toGatewayError } from '../ground/gateway-error.ts';
import type { Logger } from '../ground/logger.ts';
import type { ConnectionState } from './connection-state.ts';
import { decodeFirstFrame } from './first-frame.ts';
import { FrameQueue } from './frame-queue.ts';
import { FrameWriter } from './frame-writer.ts';
import {
  type Greeting,
  type HandshakeOptions,
  identify,
  type Opened,
  openSession,
  refusedAck,
  requestOf,
} from './handshake.ts';
import { type LeadOnOptions, leadOn } from './lead-on.ts';
import { Participant, type ParticipantOptions } from './participant.ts';
import type { Relay } from './relay.ts';
import { requireHere } from './require-here.ts';
import type { Socket } from './socket.ts';
import { readWelcome, type Welcome } from './welcome.ts';

export type ConnectionOptions = HandshakeOptions &
  LeadOnOptions &
  ParticipantOptions & { logger: Logger; initTimeoutMs: number };

/** What is known of a peer before its first frame. */
export type Peer = {
  attempt: Attempt;
  identity: Identity | undefined;
  offeredSubprotocol: boolean;
  /** The trace that its prompts belong to, as its headers say. */
  traceparent: string | undefined;
  /** Of one whom another node let in and led here: takes what that finds of a further credential for the credential. */
  vouched?: Authenticate;
  /** It has said who it is, or is gone. May be called twice. */
  settled(): void;
};

/** One socket speaking AEP: handshake, then frames in order. Knows nothing of other sockets. */
export class Connection {
  readonly #socket: Socket;
  readonly #writer: FrameWriter;
  readonly #frames: FrameQueue;
  readonly #peer: Peer;
  readonly #options: ConnectionOptions;
  #state: ConnectionState;

  constructor(socket: Socket, peer: Peer, options: ConnectionOptions) {
    this.#socket = socket;
    this.#writer = new FrameWriter(socket, options);
    this.#frames = new FrameQueue(socket);
    this.#peer = peer;
    this.#options = peer.vouched ? { ...options, authenticate: peer.vouched } : options;
    const deadline = options.clock.after(options.initTimeoutMs, () =>
      this.#close('tooSlow', 'no init in time'),
    );
    this.#state = { status: 'awaiting-init', deadline };
  }

  /** Whether its client came in at another node. */
  get isLed(): boolean {
    return this.#peer.vouched !== undefined;
  }

  /** How many events of its log the client has not been given; 0 before it has a session. */
  get lag(): number {
    return this.#state.status === 'ready' ? this.#state.participant.lag : 0;
  }

  /** A text frame came in. */
  receive(text: string): void {
    this.#frames.add(() => this.#handle(text).catch((error: unknown) => this.#fail(error)));
  }

  /** The socket is gone. */
  closed(): void {
    const state = this.#state;
    this.#state = { status: 'closed' };
    this.#peer.settled();
    if (state.status === 'awaiting-init') state.deadline.cancel();
    if (state.status === 'relayed') state.relay.close();
    else if (state.status === 'ready') state.participant.close();
    else return;
    state.leave();
  }

  /** Asks the client to come back after a while; who watches a running turn may first see its end (rules C2, C4). */
  goAway(reason: string, delayMs: number): void {
    const { status } = this.#state;
    if (this.#state.status === 'ready') this.#state.participant.goAway(reason, delayMs);
    // The conversation goes on elsewhere, and nothing of it has to be waited for.
    else if (status === 'relayed') this.#options.clock.after(delayMs, () => this.leave(reason));
    else this.leave(reason);
  }

  /** Ends the connection now; its client will come back. */
  leave(reason: string): void {
    this.#close('goingAway', reason);
  }

  get #isClosed(): boolean {
    return this.#state.status === 'closed';
  }

  async #handle(text: string): Promise<void> {
    const state = this.#state;
    if (state.status === 'closed') return;
    if (state.status === 'awaiting-init') {
      state.deadline.cancel();
      this.#state = { status: 'settling' };
      await this.#first(decodeFirstFrame(text));
      this.#peer.settled();
    }
    if (state.status === 'ready') await state.participant.receive(decodeClientFrame(text));
    else if (state.status === 'relayed') await state.relay.receive(text);
  }

  async #first(decoded: Decoded<ClientEvent>): Promise<void> {
    if (decoded.outcome !== 'event') {
      const refusal = decoded.outcome === 'refused' ? decoded.refusal : undefined;
      const isVersion = refusal?.code === 'VERSION_MISMATCH';
      const details = isVersion ? { max_supported: protocolVersion } : { fields: refusal?.fields ?? [] };
      const message = refusal?.message ?? 'expected init as first message';
      return this.#refuse(new GatewayError(refusal?.code ?? 'PROTOCOL_VIOLATION', message, { details }), '');
    }
    const { envelope } = decoded;
    const { type, data } = envelope.event;
    if (type !== 'init') {
      const message = `expected init as first message, got ${type}`;
      return this.#refuse(new GatewayError('PROTOCOL_VIOLATION', message), '');
    }
    try {
      await this.#init(envelope, data);
    } catch (error) {
      this.#logUnexpected(error);
      this.#refuse(toGatewayError(error), data.worker_type);
    }
  }

  async #init(envelope: ClientEnvelope, init: ClientData<'init'>): Promise<void> {
    const { identity: early } = this.#peer;
    const name = init.session_id || envelope.session_id;
    const attempt = { ...this.#peer.attempt, session: name ? [name] : [] };
    const identity = await identify({ init, early, attempt }, this.#options);
    if (this.#isClosed) return;
    // Another node counted whom it let in.
    const leave = this.#peer.vouched ? () => {} : this.#options.clientLimits.connect(identity);
    try {
      const greeting = { envelope, init, identity };
      const relay = await this.#leadOn(greeting, attempt);
      if (this.#isClosed) {
        relay?.close();
        return leave();
      }
      if (relay) {
        this.#state = { status: 'relayed', relay, leave };
        return;
      }
      const opened = openSession(greeting, this.#options);
      const settled = opened.session.settled();
      if (settled) await settled;
      const welcome = readWelcome(opened, this.#options);
      // A new one without a name is nobody else's.
      if (requestOf(greeting).key !== '') await requireHere(opened.session, this.#options);
      if (this.#isClosed) return leave();
      this.#state = { status: 'ready', participant: this.#greet(opened, welcome), leave };
    } catch (error) {
      leave();
      throw error;
    }
  }

  #leadOn(greeting: Greeting, attempt: Attempt): Promise<Relay | undefined> {
    const { offeredSubprotocol, traceparent, vouched } = this.#peer;
    const visitor = {
      ...{ identity: greeting.identity, attempt, traceparent, offeredSubprotocol, socket: this.#socket },
      onClose: (code: number, reason: string) => {
        this.closed();
        this.#socket.close(code, reason);
      },
    };
    return leadOn({ greeting, visitor, isLed: vouched !== undefined }, this.#options);
  }

  /** The first frame, and the log after it. */
  #greet(opened: Opened, { ack, resync, after, seq }: Welcome): Participant {
    const place = { sessionId: ack.session_id, seq };
    this.#writer.send(place, { type: 'init_ack', data: ack });
    if (resync) this.#writer.send(place, { type: 'resync', data: resync });
    return new Participant(opened, this.#options, {
      ...{ socket: this.#socket, writer: this.#writer, attempt: this.#peer.attempt, after },
      traceparent: this.#peer.traceparent,
      close: (name, reason) => this.#close(name, reason),
      onFailure: (error) => this.#logUnexpected(error),
    });
  }

  #refuse(error: GatewayError, workerType: string): void {
    this.#writer.send({ sessionId: '', seq: 0 }, { type: 'init_ack', data: refusedAck(error, workerType) });
    this.#close(this.#peer.offeredSubprotocol ? closeNameOf(error) : 'done', error.code);
  }

  #close(name: CloseName, reason: string): void {
    this.closed();
    this.#socket.close(closeCodes[name].code, reason);
  }

  #fail(error: unknown): void {
    this.#logUnexpected(error);
    this.#socket.close(1011, 'internal error');
    this.closed();
  }

  #logUnexpected(error: unknown): void {
    if (error instanceof GatewayError && error.code !== 'INTERNAL_ERROR') return;
    this.#options.logger.error(
      { error: error instanceof Error ? (error.stack ?? error.message) : String(error) },
      'a frame failed',
    );
  }
}

function closeNameOf({ code }: GatewayError): CloseName {
  if (code === 'UNAUTHORIZED' || code === 'AUTH_REQUIRED') return 'unauthenticated';
  if (code === 'FORBIDDEN') return 'forbidden';
  if (code === 'SESSION_NOT_FOUND') return 'noSession';
  if (code === 'RATE_LIMITED') return 'rateLimited';
  return code === 'GATEWAY_OVERLOAD' || code === 'RECONNECT_REQUIRED' ? 'overload' : 'badInit';
}
