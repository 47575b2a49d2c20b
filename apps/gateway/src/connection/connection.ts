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
import type { Attempt, Identity } from '../auth/identity.ts';
import { GatewayError, toGatewayError } from '../ground/gateway-error.ts';
import type { Logger } from '../ground/logger.ts';
import { replayFrom } from '../session/replay-from.ts';
import type { ConnectionState } from './connection-state.ts';
import { decodeFirstFrame } from './first-frame.ts';
import { FrameQueue } from './frame-queue.ts';
import { FrameWriter } from './frame-writer.ts';
import {
  capabilities,
  type HandshakeOptions,
  identify,
  initAck,
  type Opened,
  openSession,
  refusedAck,
} from './handshake.ts';
import { Participant, type ParticipantOptions } from './participant.ts';
import type { Socket } from './socket.ts';

export type ConnectionOptions = HandshakeOptions &
  ParticipantOptions & { logger: Logger; initTimeoutMs: number };

/** What is known of a peer before its first frame. */
export type Peer = {
  attempt: Attempt;
  identity: Identity | undefined;
  offeredSubprotocol: boolean;
  /** The trace that its prompts belong to, as its headers say. */
  traceparent: string | undefined;
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
    this.#options = options;
    const deadline = options.clock.after(options.initTimeoutMs, () =>
      this.#close('tooSlow', 'no init in time'),
    );
    this.#state = { status: 'awaiting-init', deadline };
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
    if (state.status !== 'ready') return;
    state.participant.close();
    state.leave();
  }

  /** Asks the client to come back after a while; who watches a running turn may first see its end (rules C2, C4). */
  goAway(reason: string, delayMs: number): void {
    if (this.#state.status === 'ready') this.#state.participant.goAway(reason, delayMs);
    else this.leave(reason);
  }

  /** Ends the connection now; its client will come back. */
  leave(reason: string): void {
    this.#close('goingAway', reason);
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
    if (this.#state.status === 'closed') return;
    const leave = this.#options.clientLimits.connect(identity);
    try {
      const opened = openSession({ envelope, init, identity }, this.#options);
      this.#state = { status: 'ready', participant: this.#greet(opened), leave };
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** The first frame, and from where the log follows it (rules H4, R3). */
  #greet(opened: Opened): Participant {
    const { session, init } = opened;
    const { findWorker, sessions, maxFrameBytes } = this.#options;
    const { definition } = findWorker(session.record.workerType);
    const caps = capabilities(definition, sessions.ready(definition.type), maxFrameBytes);
    const { last_seq: seq, epoch } = init;
    // Without a number a client wants what comes from now on.
    const { after, resync } =
      seq === undefined ? { after: session.record.lastSeq } : replayFrom({ seq, epoch }, session);
    if (seq !== undefined)
      this.#options.metrics.observe('gateway_replay_events', {}, session.record.lastSeq - after);
    const place = { sessionId: session.record.id, seq: session.record.lastSeq };
    this.#writer.send(place, {
      type: 'init_ack',
      data: initAck(opened, { caps, isolation: definition.isolation }),
    });
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
