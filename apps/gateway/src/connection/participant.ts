import type {
  ClientEnvelope,
  ClientEvent,
  CloseName,
  Decoded,
  Refusal,
  ServerEvent,
} from '@hotplex/aep-protocol';
import type { Attempt, Authenticate, Identity } from '../auth/identity.ts';
import type { Audit } from '../ground/audit.ts';
import type { Clock } from '../ground/clock.ts';
import { GatewayError, toGatewayError } from '../ground/gateway-error.ts';
import type { Ids } from '../ground/ids.ts';
import type { Metrics } from '../ground/metrics.ts';
import { mayAct } from '../ground/role.ts';
import { TokenBucket } from '../ground/token-bucket.ts';
import { tooOften } from '../ground/too-often.ts';
import type { Session } from '../session/session.ts';
import type { SessionRegistry } from '../session/session-registry.ts';
import { audited } from './audited.ts';
import type { ClientLimits, Excess } from './client-limits.ts';
import { type CredentialLimits, CredentialWatch } from './credential-watch.ts';
import { dispatch } from './dispatch.ts';
import type { FrameWriter } from './frame-writer.ts';
import type { Opened } from './handshake.ts';
import { type FollowerLimits, LogFollower } from './log-follower.ts';
import type { Presence } from './presence.ts';
import type { Socket } from './socket.ts';

export type ParticipantOptions = FollowerLimits &
  CredentialLimits & {
    clock: Clock;
    ids: Ids;
    metrics: Metrics;
    sessions: SessionRegistry;
    audit: Audit;
    authenticate: Authenticate;
    isRevoked(identity: Identity): boolean;
    clientLimits: ClientLimits;
    presence: Presence;
  };

/** What belongs to this participant's connection. */
type Line = {
  socket: Socket;
  writer: FrameWriter;
  attempt: Attempt;
  /** The number after which the client wants to hear. */
  after: number;
  /** The trace that its prompts belong to. */
  traceparent: string | undefined;
  close(name: CloseName, reason: string): void;
  /** A failure that nobody expected; the client was told only that there was one. */
  onFailure(error: unknown): void;
};

const invalidLimit = { count: 20, windowMs: 10_000 };
/** Measures are told again after so long, not with every refusal. */
const tellAgainMs = 10_000;

/** A client in a session, from its handshake to its end: hears the log, and says what it may. */
export class Participant {
  readonly #options: ParticipantOptions;
  readonly #line: Line;
  readonly #session: Session;
  readonly #role: Opened['role'];
  readonly #follower: LogFollower;
  readonly #credential: CredentialWatch;
  readonly #invalidAt: number[] = [];
  readonly #toldAt = new Map<Excess['reason'], number>();
  /** What was refused for coming too fast has a measure, too: who goes on regardless is sent away. */
  readonly #refused: TokenBucket;
  readonly #leave: () => void;
  #identity: Identity;
  #watchTurn: (() => void) | undefined;

  constructor({ identity, session, role, init }: Opened, options: ParticipantOptions, line: Line) {
    const { clock, clientLimits } = options;
    this.#options = options;
    this.#line = line;
    this.#session = session;
    this.#role = role;
    this.#identity = identity;
    this.#refused = new TokenBucket(clock, clientLimits.frameRate);
    this.#credential = new CredentialWatch(identity, {
      ...options,
      onExpired: (graceMs) =>
        this.#control({ action: 'reauth', reason: 'expired', details: { grace_ms: graceMs } }),
      onVoid: (reason) => line.close('unauthenticated', reason),
    });
    this.#follower = new LogFollower({
      ...{ ...options, session, socket: line.socket, after: line.after },
      onBehind: () => this.#control({ action: 'throttle', reason: 'slow_client' }),
      onStuck: () => line.close('tooSlow', 'nothing was read for too long: come back with last_seq'),
      onLost: () => this.#sendAway(),
    });
    this.#leave = options.presence.join(session.record.id, {
      ...{ user: identity.subject, role, client: init.client?.name },
      tell: init.presence
        ? (participants) => this.#send({ type: 'presence', data: { participants } })
        : undefined,
    });
  }

  /** How many events of the log this client has not been given. */
  get lag(): number {
    return Math.max(0, this.#session.record.lastSeq - this.#follower.cursor);
  }

  /** A frame came in, decoded. */
  async receive(decoded: Decoded<ClientEvent>): Promise<void> {
    const kind = decoded.outcome === 'event' ? decoded.envelope.event.type : 'invalid';
    this.#options.metrics.count('gateway_messages_total', { direction: 'incoming', event_type: kind });
    const id = decoded.outcome === 'event' ? decoded.envelope.id : refusedId(decoded);
    const excess =
      this.#options.clientLimits.takeFrame(this.#identity, this.#session.record.id) ??
      (decoded.outcome === 'event' && decoded.envelope.event.type === 'input'
        ? this.#options.clientLimits.takeInput(this.#identity)
        : undefined);
    if (excess) return this.#throttle(excess, id);
    if (decoded.outcome === 'refused') this.#refuse(decoded.refusal);
    if (decoded.outcome !== 'event') return;
    try {
      const reply = await this.#answer(decoded.envelope);
      if (reply) this.#send(reply);
    } catch (error) {
      this.#tellError(toGatewayError(error), id);
      this.#line.onFailure(error);
    }
  }

  /** Asks the client to come back after a while, and leaves when no turn runs (rules C2, C4). */
  goAway(reason: string, delayMs: number): void {
    this.#control({
      action: 'reconnect',
      reason,
      delay_ms: delayMs,
      resume_session: true,
      details: { delay_ms: delayMs },
    });
    const leaveWhenQuiet = () => this.#session.record.turn ?? this.#line.close('goingAway', reason);
    this.#watchTurn ??= this.#session.attach({ deliver: leaveWhenQuiet });
    leaveWhenQuiet();
  }

  /** The session goes on at another gateway, which the client finds where it found this one. */
  #sendAway(): void {
    const reason = 'session_moved';
    this.#control({ action: 'reconnect', reason, delay_ms: 0, resume_session: true });
    this.#line.close('goingAway', reason);
  }

  /** The connection is over; the session does not care (rule S4). */
  close(): void {
    this.#leave();
    this.#watchTurn?.();
    this.#credential.stop();
    this.#follower.close();
  }

  async #answer(envelope: ClientEnvelope): Promise<ServerEvent | undefined> {
    const { event } = envelope;
    const { sessions, ids, audit } = this.#options;
    const { traceparent } = this.#line;
    const context = {
      ...{ session: this.#session, identity: this.#identity, role: this.#role },
      ...{ sessions, traceparent },
    };
    const subject = { audit, identity: this.#identity, sessionId: this.#session.record.id };
    return audited(envelope, subject, () =>
      event.type === 'control' && event.data.action === 'reauth'
        ? this.#reauthenticate(event.data.auth?.token)
        : dispatch(envelope, { ...context, newId: () => ids.uuid() }),
    );
  }

  /** Another credential of the same user takes the place of the one that ends (rule H8). */
  async #reauthenticate(token: string | undefined): Promise<undefined> {
    if (token === undefined) {
      const fields = [{ field: 'event.data.auth.token', problem: 'is required (string)' }];
      const message = 'event.data.auth.token is required: reauth brings another credential';
      throw new GatewayError('INVALID_MESSAGE', message, { details: { fields } });
    }
    const { id, clientKey } = this.#session.record;
    const attempt = { ...this.#line.attempt, session: [id, clientKey] };
    const identity = await this.#options.authenticate({ kind: 'any', token }, attempt);
    const { subject, botId } = this.#identity;
    if (identity.subject !== subject || identity.botId !== botId) {
      const message = 'this is the credential of somebody else: open a connection of its own for it';
      throw new GatewayError('FORBIDDEN', message);
    }
    if (!mayAct(identity.role, this.#role)) {
      const message = `this credential is good for a ${identity.role}: open a connection of its own for it`;
      throw new GatewayError('FORBIDDEN', message);
    }
    this.#identity = identity;
    this.#credential.renew(identity);
  }

  /** Says once what the measure is, then only what was refused for it (rule B4). */
  #throttle({ reason, limit, windowMs, burst, retryAfterMs }: Excess, id: string | undefined): void {
    const numbers = { limit, window_ms: windowMs, burst, retry_after_ms: retryAfterMs };
    const now = this.#options.clock.elapsed();
    if (now - (this.#toldAt.get(reason) ?? Number.NEGATIVE_INFINITY) >= tellAgainMs) {
      this.#toldAt.set(reason, now);
      this.#control({ action: 'throttle', reason, delay_ms: retryAfterMs, details: numbers });
    }
    const what = reason === 'frame_rate' ? 'frames' : 'prompts';
    this.#tellError(tooOften(`too many ${what}`, retryAfterMs, { reason, ...numbers }), id);
    if (this.#refused.take() > 0) this.#line.close('rateLimited', `too many ${what}`);
  }

  #refuse({ code, message, fields, eventId }: Refusal): void {
    const now = this.#options.clock.elapsed();
    this.#invalidAt.push(now);
    while ((this.#invalidAt[0] ?? now) < now - invalidLimit.windowMs) this.#invalidAt.shift();
    this.#tellError(new GatewayError(code, message, { details: { fields } }), eventId);
    if (this.#invalidAt.length > invalidLimit.count)
      this.#line.close('policyViolation', 'too many invalid frames');
  }

  #tellError({ code, message, details, retryable }: GatewayError, eventId: string | undefined): void {
    this.#options.metrics.count('gateway_errors_total', { error_code: code });
    const offender = eventId ? { event_id: eventId } : {};
    const data = { code, message, retryable, ...offender, ...(details ? { details } : {}) };
    this.#send({ type: 'error', data });
  }

  #control(data: Extract<ServerEvent, { type: 'control' }>['data']): void {
    this.#send({ type: 'control', data });
  }

  #send(event: ServerEvent): void {
    this.#options.metrics.count('gateway_messages_total', { direction: 'outgoing', event_type: event.type });
    this.#line.writer.send({ sessionId: this.#session.record.id, seq: this.#follower.cursor }, event);
  }
}

function refusedId(decoded: Decoded<ClientEvent>): string | undefined {
  return decoded.outcome === 'refused' ? decoded.refusal.eventId : undefined;
}
