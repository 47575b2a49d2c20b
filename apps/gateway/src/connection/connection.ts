import {
  type ClientEnvelope,
  type CloseName,
  closeCodes,
  decodeClientFrame,
  encode,
  protocolVersion,
  type Refusal,
  type ServerEvent,
} from '@hotplex/aep-protocol';
import type { Attempt, Identity } from '../auth/identity.ts';
import type { Clock } from '../ground/clock.ts';
import { GatewayError, toGatewayError } from '../ground/gateway-error.ts';
import type { Ids } from '../ground/ids.ts';
import type { Logger } from '../ground/logger.ts';
import { replayFrom } from '../session/replay-from.ts';
import type { ConnectionState } from './connection-state.ts';
import { dispatch } from './dispatch.ts';
import { decodeFirstFrame } from './first-frame.ts';
import { capabilities, type HandshakeOptions, initAck, openSession, refusedAck } from './handshake.ts';
import { LogFollower } from './log-follower.ts';
import type { Socket } from './socket.ts';

export type ConnectionOptions = HandshakeOptions & {
  clock: Clock;
  ids: Ids;
  logger: Logger;
  initTimeoutMs: number;
  maxBufferedBytes: number;
};

/** What is known of a peer before its first frame. */
export type Peer = { attempt: Attempt; identity: Identity | undefined; offeredSubprotocol: boolean };

const invalidLimit = { count: 20, windowMs: 10_000 };

/** One socket speaking AEP: handshake, then frames in order. Holds one session; knows nothing of others. */
export class Connection {
  readonly #socket: Socket;
  readonly #peer: Peer;
  readonly #options: ConnectionOptions;
  readonly #invalidAt: number[] = [];
  #state: ConnectionState;
  /** Frames are handled one after another, also while one of them waits. */
  #work: Promise<void> = Promise.resolve();

  constructor(socket: Socket, peer: Peer, options: ConnectionOptions) {
    this.#socket = socket;
    this.#peer = peer;
    this.#options = options;
    const deadline = options.clock.after(options.initTimeoutMs, () =>
      this.#close('tooSlow', 'no init in time'),
    );
    this.#state = { status: 'awaiting-init', deadline };
  }

  /** A text frame came in. */
  receive(text: string): void {
    this.#work = this.#work.then(() => this.#handle(text)).catch((error: unknown) => this.#fail(error));
  }

  /** The socket is gone; the session does not care (rule S4). */
  closed(): void {
    if (this.#state.status === 'awaiting-init') this.#state.deadline.cancel();
    if (this.#state.status === 'ready') this.#state.follower.close();
    this.#state = { status: 'closed' };
  }

  /** Tells the client to come back, and closes (rules C2, C4). */
  goAway(reason: string, delayMs: number): void {
    this.#send(
      {
        type: 'control',
        data: {
          action: 'reconnect',
          reason,
          delay_ms: delayMs,
          resume_session: true,
          details: { delay_ms: delayMs },
        },
      },
      'control',
    );
    this.#close('goingAway', reason);
  }

  async #handle(text: string): Promise<void> {
    if (this.#state.status === 'closed') return;
    const decoded = this.#state.status === 'awaiting-init' ? decodeFirstFrame(text) : decodeClientFrame(text);
    if (this.#state.status === 'awaiting-init') {
      this.#state.deadline.cancel();
      this.#state = { status: 'settling' };
      if (decoded.outcome === 'event') return this.#init(decoded.envelope);
      const refusal = decoded.outcome === 'refused' ? decoded.refusal : undefined;
      const details =
        refusal?.code === 'VERSION_MISMATCH'
          ? { max_supported: protocolVersion }
          : { fields: refusal?.fields ?? [] };
      return this.#refuse(
        new GatewayError(
          refusal?.code ?? 'PROTOCOL_VIOLATION',
          refusal?.message ?? 'expected init as first message',
          { details },
        ),
        '',
      );
    }
    if (decoded.outcome === 'refused') return this.#invalid(decoded.refusal);
    if (decoded.outcome === 'ignored' || this.#state.status !== 'ready') return;
    try {
      const reply = await dispatch(decoded.envelope, {
        ...this.#state,
        sessions: this.#options.sessions,
        newId: () => this.#options.ids.uuid(),
      });
      if (reply) this.#send(reply, reply.type === 'pong' ? 'control' : undefined);
    } catch (error) {
      this.#tellError(toGatewayError(error), decoded.envelope.id);
      this.#logUnexpected(error);
    }
  }

  async #init(envelope: ClientEnvelope): Promise<void> {
    const { event } = envelope;
    if (event.type !== 'init') {
      return this.#refuse(
        new GatewayError('PROTOCOL_VIOLATION', `expected init as first message, got ${event.type}`),
        '',
      );
    }
    const init = event.data;
    try {
      const { attempt, identity } = this.#peer;
      const opened = await openSession({ envelope, init, early: identity, attempt }, this.#options);
      if (this.#state.status === 'closed') return;
      const { session, role } = opened;
      const { definition } = this.#options.findWorker(session.record.workerType);
      const caps = capabilities(
        definition,
        this.#options.sessions.ready(definition.type),
        this.#options.maxFrameBytes,
      );
      const { last_seq: seq, epoch } = init;
      // Without a number a client wants what comes from now on.
      const { after, resync } =
        seq === undefined ? { after: session.record.lastSeq } : replayFrom({ seq, epoch }, session);
      this.#sendFor(session.record.id, session.record.lastSeq, {
        type: 'init_ack',
        data: initAck(opened, caps),
      });
      if (resync) this.#sendFor(session.record.id, session.record.lastSeq, { type: 'resync', data: resync });
      const follower = new LogFollower({
        ...{ session, socket: this.#socket, after, maxBufferedBytes: this.#options.maxBufferedBytes },
        onBehind: () =>
          this.#send({ type: 'control', data: { action: 'throttle', reason: 'slow_client' } }, 'control'),
      });
      this.#state = { status: 'ready', identity: opened.identity, session, follower, role };
    } catch (error) {
      this.#logUnexpected(error);
      this.#refuse(toGatewayError(error), init.worker_type);
    }
  }

  #refuse(error: GatewayError, workerType: string): void {
    this.#sendFor('', 0, { type: 'init_ack', data: refusedAck(error, workerType) });
    this.#close(this.#peer.offeredSubprotocol ? closeNameOf(error) : 'done', error.code);
  }

  #invalid(refusal: Refusal): void {
    const now = this.#options.clock.elapsed();
    this.#invalidAt.push(now);
    while ((this.#invalidAt[0] ?? now) < now - invalidLimit.windowMs) this.#invalidAt.shift();
    this.#tellError(
      new GatewayError(refusal.code, refusal.message, { details: { fields: refusal.fields } }),
      refusal.eventId,
    );
    if (this.#invalidAt.length > invalidLimit.count)
      this.#close('policyViolation', 'too many invalid frames');
  }

  #tellError(error: GatewayError, eventId: string | undefined): void {
    const { code, message, details, retryable } = error;
    const offender = eventId ? { event_id: eventId } : {};
    this.#send({
      type: 'error',
      data: { code, message, retryable, ...offender, ...(details ? { details } : {}) },
    });
  }

  #send(event: ServerEvent, priority?: 'control'): void {
    if (this.#state.status !== 'ready') return;
    this.#sendFor(this.#state.session.record.id, this.#state.follower.cursor, event, priority);
  }

  #sendFor(sessionId: string, seq: number, event: ServerEvent, priority?: 'control'): void {
    const { ids, clock } = this.#options;
    const envelope = {
      version: protocolVersion,
      id: ids.event(),
      seq,
      session_id: sessionId,
      timestamp: clock.now(),
      event,
    } as const;
    this.#socket.send([encode(priority ? { ...envelope, priority } : envelope)]);
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
  return code === 'GATEWAY_OVERLOAD' ? 'overload' : 'badInit';
}
