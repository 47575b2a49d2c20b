import {
  type ClientData,
  type ClientEvent,
  clientEnvelope,
  encode,
  loggedEvents,
  protocolVersion,
  type ServerEnvelope,
  shouldReconnect,
} from '@hotplex/aep-protocol';
import { AepError } from './aep-error.ts';
import { type Backoff, backoffDelay } from './backoff.ts';
import { systemClock } from './client-clock.ts';
import type { AepClientOptions, InitAck } from './client-options.ts';
import type { ConnectionState } from './connection-state.ts';
import { sizeError } from './frame-size.ts';
import { Listeners } from './listeners.ts';
import { PendingAnswers } from './pending-answers.ts';
import { Socket } from './socket.ts';
import type { Turn } from './turn.ts';
import { type PendingInput, type PromptInput, TurnBook } from './turn-book.ts';
import { socketUrl, type WebSocketConstructor } from './web-socket.ts';

type PermissionAnswer = {
  allowed: boolean;
  reason?: string;
  optionId?: string;
  updatedInput?: Record<string, unknown>;
};
type PromptOptions = { delivery?: PendingInput['delivery']; inputId?: string; signal?: AbortSignal };

const defaultReconnect: Backoff = { minMs: 250, maxMs: 10_000 };
const defaultQuietMs = 25_000;

/**
 * One session of a gateway, over as many sockets as it takes: every logged event is handed out exactly once and in
 * order, and a prompt runs once however often it had to be sent.
 */
export class AepClient {
  readonly #options: AepClientOptions;
  readonly #events = new Listeners<ServerEnvelope>();
  readonly #notices = new Listeners<ServerEnvelope>();
  readonly #connections = new Listeners<ConnectionState>();
  readonly #turns = new TurnBook(() => this.interrupt());
  readonly #answers = new PendingAnswers();
  #state: ConnectionState = { status: 'idle' };
  #socket: Socket | undefined;
  #session: InitAck | undefined;
  #lastSeq: number | undefined;
  /** Numbers above `#lastSeq` that kinds had which are newer than this client. */
  readonly #unknown = new Set<number>();
  #epoch: string | undefined;
  #opening: PromiseWithResolvers<InitAck> | undefined;
  #cancelRetry: () => void = () => {};
  #askedForDelayMs: number | undefined;
  #triedFreshToken = false;

  constructor(options: AepClientOptions) {
    this.#options = options;
    this.#lastSeq = options.lastSeq;
    this.#epoch = options.epoch;
  }

  get connection(): ConnectionState {
    return this.#state;
  }

  /** The newest handshake; undefined before the first one. */
  get session(): InitAck | undefined {
    return this.#session;
  }

  /** The number of the newest logged event that was handed out. */
  get lastSeq(): number {
    return this.#lastSeq ?? 0;
  }

  /** Connects, or waits for the connection being made. Rejects with AepError when the gateway refuses. */
  connect({ signal }: { signal?: AbortSignal } = {}): Promise<InitAck> {
    if (signal?.aborted) this.close();
    if (this.#state.status === 'closed') return Promise.reject(this.#closedError());
    if (this.#state.status === 'ready' && this.#session) return Promise.resolve(this.#session);
    signal?.addEventListener('abort', () => this.close(), { once: true });
    this.#opening ??= Promise.withResolvers<InitAck>();
    this.#opening.promise.catch(() => {});
    if (this.#state.status === 'idle') {
      this.#move({ status: 'connecting' });
      void this.#dial(1);
    }
    return this.#opening.promise;
  }

  /** Sends a prompt. Aborting the signal stops listening, never the agent: that is `interrupt()`. */
  prompt(input: string | PromptInput, { delivery, inputId, signal }: PromptOptions = {}): Turn {
    const prompt = typeof input === 'string' ? { content: input } : input;
    const pending: PendingInput = {
      ...prompt,
      inputId: inputId ?? this.#uuid(),
      eventId: this.#eventId(),
      ...(delivery ? { delivery } : {}),
    };
    const turn = this.#turns.open(pending);
    if (this.#state.status === 'closed' || signal?.aborted) {
      const message = 'the prompt was given up before it was sent';
      const error = new AepError({ code: 'CLIENT_CLOSED', message }, { cause: signal?.reason });
      this.#turns.refuse(pending.eventId, signal?.aborted ? error : this.#closedError());
      return turn;
    }
    if (this.#state.status === 'ready') this.#sendInput(pending);
    const detach = () =>
      turn.fail(
        new AepError(
          { code: 'CLIENT_CLOSED', message: 'nobody listens to this turn any more; the agent goes on' },
          { cause: signal?.reason },
        ),
      );
    signal?.addEventListener('abort', detach, { once: true });
    return turn;
  }

  /** Follows a turn that somebody else started, from the next event on. */
  follow(turnId: string): Turn {
    return this.#turns.follow(turnId);
  }

  respondToPermission(
    id: string,
    { allowed, reason, optionId, updatedInput }: PermissionAnswer,
  ): Promise<void> {
    const data: ClientData<'permission_response'> = { id, allowed };
    if (reason !== undefined) data.reason = reason;
    if (optionId !== undefined) data.option_id = optionId;
    if (updatedInput !== undefined) data.updated_input = updatedInput;
    return this.#ask({ type: 'permission_response', data }, `permission.resolved:${id}`);
  }

  answerQuestion(id: string, answers: Record<string, string | string[]>): Promise<void> {
    return this.#ask({ type: 'question_response', data: { id, answers } }, `question.resolved:${id}`);
  }

  respondToElicitation(
    id: string,
    action: 'accept' | 'decline' | 'cancel',
    content?: Record<string, unknown>,
  ): Promise<void> {
    return this.#ask(
      { type: 'elicitation_response', data: { id, action, ...(content ? { content } : {}) } },
      `elicitation.resolved:${id}`,
    );
  }

  /** Asks the running turn to end; its `done` follows. */
  interrupt(): Promise<void> {
    return this.control('interrupt');
  }

  control(action: string, details?: Record<string, unknown>): Promise<void> {
    return this.#ask({ type: 'control', data: { action, ...(details ? { details } : {}) } });
  }

  command(
    command: ClientData<'worker_command'>['command'],
    args?: string,
    extra?: Record<string, unknown>,
  ): Promise<void> {
    return this.#ask({
      type: 'worker_command',
      data: { command, ...(args === undefined ? {} : { args }), ...(extra ? { extra } : {}) },
    });
  }

  editInput(inputId: string, content: string): Promise<void> {
    return this.#ask({ type: 'input.edit', data: { input_id: inputId, content } }, `input.status:${inputId}`);
  }

  cancelInput(inputId: string): Promise<void> {
    return this.#ask({ type: 'input.cancel', data: { input_id: inputId } }, `input.status:${inputId}`);
  }

  /** Every logged event exactly once, in order, over all reconnects. Returns the function that unsubscribes. */
  onEvent(listener: (envelope: ServerEnvelope) => void): () => void {
    return this.#events.add(listener);
  }

  /** Frames of the connection: control, resync, receipts and refusals. */
  onNotice(listener: (envelope: ServerEnvelope) => void): () => void {
    return this.#notices.add(listener);
  }

  onConnection(listener: (state: ConnectionState) => void): () => void {
    return this.#connections.add(listener);
  }

  /** Ends the connection for good; the session and its agent go on. Safe to call twice. */
  close(): void {
    this.#shut(null);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async #dial(attempt: number): Promise<void> {
    const {
      auth,
      url,
      webSocket = globalThis.WebSocket as unknown as WebSocketConstructor,
      quietMs = defaultQuietMs,
      clock = systemClock,
    } = this.#options;
    let token: string | undefined;
    try {
      token = typeof auth === 'function' ? await auth() : auth;
    } catch (cause) {
      const error =
        cause instanceof AepError
          ? cause
          : new AepError({ code: 'UNAUTHORIZED', message: 'no credential could be had' }, { cause });
      if (error.retryable) this.#retry(attempt, error);
      else this.#shut(error);
      return;
    }
    if (this.#state.status === 'closed') return;
    const socket: Socket = new Socket({
      ...{ url: socketUrl(url), webSocket, clock, quietMs },
      onOpen: () => socket.send(this.#initFrame(token)),
      onQuiet: () => this.#ping(socket),
      onEnvelope: (envelope) => this.#receive(envelope, socket),
      onUnknown: (seq) => this.#unknown.add(seq),
      onClose: (code, reason) => this.#lost(attempt, code, reason),
    });
    this.#socket = socket;
  }

  #initFrame(token: string | undefined): string {
    const { workerType, sessionId, config, role, client } = this.#options;
    const data: ClientData<'init'> = { version: protocolVersion, worker_type: workerType };
    const id = this.#session?.session_id ?? sessionId;
    if (id !== undefined) data.session_id = id;
    if (token !== undefined) data.auth = { token };
    if (config && !this.#session) data.config = config;
    if (this.#lastSeq !== undefined) data.last_seq = this.#lastSeq;
    if (this.#epoch !== undefined && this.#lastSeq !== undefined) data.epoch = this.#epoch;
    if (role) data.role = role;
    if (client) data.client = client;
    return this.#frame({ type: 'init', data });
  }

  #receive(envelope: ServerEnvelope, socket: Socket): void {
    const { event, seq } = envelope;
    if (event.type === 'init_ack') {
      this.#greeted(event.data, socket);
      return;
    }
    const logged =
      Object.hasOwn(loggedEvents, event.type) &&
      !(event.type === 'error' && event.data.event_id !== undefined);
    if (!logged) {
      this.#notice(envelope);
      return;
    }
    if (seq <= this.lastSeq) return;
    if (this.#isMissingBefore(seq)) {
      socket.close(1006, 'a number is missing');
      return;
    }
    this.#lastSeq = seq;
    this.#unknown.clear();
    this.#turns.take(envelope);
    this.#noteReplay();
    this.#answers.confirm(event);
    this.#events.tell(envelope);
  }

  /** Tells the turns when all is here that the gateway had when it greeted. */
  #noteReplay(): void {
    if (this.lastSeq >= (this.#session?.last_seq ?? 0)) this.#turns.caughtUp();
  }

  #isMissingBefore(seq: number): boolean {
    for (let before = this.lastSeq + 1; before < seq; before++) if (!this.#unknown.has(before)) return true;
    return false;
  }

  #greeted(ack: InitAck, socket: Socket): void {
    if (ack.code !== undefined) {
      const error = new AepError({ code: ack.code, message: ack.error ?? ack.code, details: ack.details });
      const freshTokenMayHelp =
        error.code === 'UNAUTHORIZED' && this.#session !== undefined && !this.#triedFreshToken;
      if (freshTokenMayHelp) this.#triedFreshToken = true;
      else if (!error.retryable) this.#shut(error);
      socket.close(1006, ack.code);
      return;
    }
    this.#triedFreshToken = false;
    this.#session = ack;
    this.#epoch = ack.epoch;
    this.#lastSeq ??= ack.last_seq ?? 0;
    this.#move({ status: 'ready' });
    this.#opening?.resolve(ack);
    this.#opening = undefined;
    for (const input of this.#turns.unconfirmed) this.#sendInput(input);
    const unsent = this.#answers.unsent();
    for (const { id, frame } of unsent) this.#send(id, frame);
    if (unsent.length > 0) this.#ping(socket);
  }

  #notice(envelope: ServerEnvelope): void {
    const { event } = envelope;
    if (event.type === 'control' && event.data.action === 'reconnect')
      this.#askedForDelayMs = event.data.delay_ms;
    if (event.type === 'control' && event.data.action === 'reauth') void this.#reauthenticate();
    if (event.type === 'input.receipt') {
      this.#turns.receipt(event.data);
      this.#noteReplay();
    }
    if (event.type === 'resync') {
      this.#lastSeq = event.data.first_seq - 1;
      this.#epoch = event.data.epoch;
      this.#unknown.clear();
    }
    if (event.type === 'error' && event.data.event_id !== undefined) {
      const error = new AepError({ ...event.data, eventId: event.data.event_id });
      // A gateway that is stopping refuses prompts; they are sent again to the next one.
      if (error.code !== 'RECONNECT_REQUIRED') this.#refuse(event.data.event_id, error);
    }
    if (event.type === 'pong') this.#answers.ponged();
    this.#notices.tell(envelope);
  }

  /** Brings a fresh credential before the old one's grace is over; without one the gateway closes, and we come back. */
  async #reauthenticate(): Promise<void> {
    const { auth } = this.#options;
    const socket = this.#socket;
    if (typeof auth !== 'function' || !socket) return;
    try {
      const token = await auth();
      socket.send(this.#frame({ type: 'control', data: { action: 'reauth', auth: { token } } }));
    } catch {
      // NOTE: the next connection asks again, and tells if there is none to be had.
    }
  }

  #lost(attempt: number, code: number, reason: string): void {
    this.#socket = undefined;
    if (this.#state.status === 'closed') return;
    const error = new AepError({
      code: 'CONNECTION_LOST',
      message: reason || `the connection was lost (${code})`,
      details: { close_code: code },
    });
    if (code === 4401 && this.#session !== undefined && !this.#triedFreshToken) {
      this.#triedFreshToken = true;
      this.#retry(1, error);
    } else if (!shouldReconnect(code)) this.#shut(error);
    else this.#retry(this.#state.status === 'ready' ? 1 : attempt + 1, error);
  }

  #retry(attempt: number, cause: AepError): void {
    const { reconnect = defaultReconnect, clock = systemClock, random = Math.random } = this.#options;
    if (reconnect === false || attempt > (reconnect.attempts ?? Number.POSITIVE_INFINITY)) {
      this.#shut(cause);
      return;
    }
    const delay = this.#askedForDelayMs ?? backoffDelay(attempt, reconnect, random);
    this.#askedForDelayMs = undefined;
    this.#move({ status: 'reconnecting', attempt, retryAt: clock.now() + delay, cause });
    this.#cancelRetry = clock.after(delay, () => void this.#dial(attempt));
  }

  #ask(event: ClientEvent, confirmation?: string): Promise<void> {
    if (this.#state.status === 'closed') return Promise.reject(this.#closedError());
    const id = this.#eventId();
    const frame = this.#frame(event, id);
    const answer = this.#answers.open({ id, frame, confirmation });
    if (this.#state.status === 'ready' && this.#socket) {
      this.#send(id, frame);
      if (confirmation === undefined) this.#ping(this.#socket);
    }
    return answer;
  }

  #ping(socket: Socket): void {
    const id = this.#eventId();
    this.#answers.pinged(id);
    socket.send(this.#frame({ type: 'ping', data: {} }, id));
  }

  #sendInput({ inputId, eventId, content, parts, metadata, delivery }: PendingInput): void {
    const data: ClientData<'input'> = { content, input_id: inputId };
    if (parts) data.parts = parts;
    if (metadata) data.metadata = metadata;
    if (delivery) data.delivery = delivery;
    this.#send(eventId, this.#frame({ type: 'input', data }, eventId));
  }

  /** Sends a frame of ours that has an answer, unless it could only cost us the connection, again and again. */
  #send(eventId: string, frame: string): void {
    const error = sizeError(frame, this.#session?.server_caps.max_frame_size);
    if (error) this.#refuse(eventId, error);
    else this.#socket?.send(frame);
  }

  #refuse(eventId: string, error: AepError): void {
    if (!this.#turns.refuse(eventId, error)) this.#answers.refuse(eventId, error);
  }

  #frame(event: ClientEvent, id = this.#eventId()): string {
    const { clock = systemClock, sessionId } = this.#options;
    return encode(
      clientEnvelope(event, {
        id,
        sessionId: this.#session?.session_id ?? sessionId ?? '',
        timestamp: clock.now(),
      }),
    );
  }

  #shut(cause: AepError | null): void {
    if (this.#state.status === 'closed') return;
    this.#move({ status: 'closed', cause });
    this.#cancelRetry();
    this.#socket?.close();
    const error = this.#closedError();
    this.#opening?.reject(error);
    this.#turns.abandon(error);
    this.#answers.abandon(error);
  }

  #closedError(): AepError {
    const cause = this.#state.status === 'closed' ? this.#state.cause : null;
    return cause ?? new AepError({ code: 'CLIENT_CLOSED', message: 'the client is closed' });
  }

  #move(state: ConnectionState): void {
    this.#state = state;
    this.#connections.tell(state);
  }

  #uuid(): string {
    return (this.#options.uuid ?? (() => crypto.randomUUID()))();
  }

  #eventId(): string {
    return `evt_${this.#uuid()}`;
  }
}
