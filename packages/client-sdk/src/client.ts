import { type ClientData, isLoggedKind, type ServerEnvelope } from '@hotplex/aep-protocol';
import { AepError } from './aep-error.ts';
import type { AepClientOptions, InitAck } from './client-options.ts';
import type { ConnectionState } from './connection-state.ts';
import { EventCursor } from './event-cursor.ts';
import { FilesApi, type UploadedFile } from './files-api.ts';
import { Frames } from './frames.ts';
import { Link } from './link.ts';
import { Listeners } from './listeners.ts';
import { Outbox } from './outbox.ts';
import { PendingAnswers } from './pending-answers.ts';
import { type PendingInput, type PromptInput, toPendingInput } from './pending-input.ts';
import * as requests from './requests.ts';
import type { Turn } from './turn.ts';
import { TurnBook } from './turn-book.ts';

type PromptOptions = { delivery?: PendingInput['delivery']; inputId?: string; signal?: AbortSignal };

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
  readonly #frames: Frames;
  readonly #cursor: EventCursor;
  readonly #link: Link;
  readonly #outbox: Outbox;
  #session: InitAck | undefined;
  #opening: PromiseWithResolvers<InitAck> | undefined;

  constructor(options: AepClientOptions) {
    this.#options = options;
    this.#frames = new Frames(options);
    this.#cursor = new EventCursor(options);
    this.#link = new Link(options, {
      hello: (token) => this.#frames.init({ token, session: this.#session, position: this.#cursor.position }),
      reauth: (token) => this.#frames.reauth(token),
      onEnvelope: (envelope) => this.#receive(envelope),
      onUnknown: (seq) => this.#cursor.skip(seq),
      onQuiet: () => this.#outbox.ping(),
      onState: (state) => this.#moved(state),
    });
    this.#outbox = new Outbox({
      ...{ link: this.#link, frames: this.#frames, turns: this.#turns, answers: this.#answers },
      maxFrameBytes: () => this.#session?.server_caps.max_frame_size,
    });
  }

  get connection(): ConnectionState {
    return this.#link.state;
  }

  /** The newest handshake; undefined before the first one. */
  get session(): InitAck | undefined {
    return this.#session;
  }

  /** The number of the newest logged event that was handed out. */
  get lastSeq(): number {
    return this.#cursor.lastSeq;
  }

  /**
   * Connects, or waits for the connection being made. Rejects with AepError when the gateway refuses. Aborting the signal
   * until then closes the client; afterwards it does nothing, so that a time limit is one for connecting.
   */
  connect({ signal }: { signal?: AbortSignal } = {}): Promise<InitAck> {
    if (signal?.aborted) this.close();
    if (this.connection.status === 'closed') return Promise.reject(this.#link.closedError);
    if (this.#link.isReady && this.#session) return Promise.resolve(this.#session);
    this.#opening ??= Promise.withResolvers<InitAck>();
    const { promise } = this.#opening;
    const giveUp = () => this.close();
    const forget = () => signal?.removeEventListener('abort', giveUp);
    signal?.addEventListener('abort', giveUp, { once: true });
    promise.then(forget, forget);
    this.#link.open();
    return promise;
  }

  /** Sends a prompt. Aborting the signal stops listening, never the agent: that is `interrupt()`. Throws for what has no JSON. */
  prompt(input: string | PromptInput, { signal, ...how }: PromptOptions = {}): Turn {
    const pending = toPendingInput(input, how, this.#frames);
    const frame = this.#outbox.frameOf(pending);
    const turn = this.#turns.open(pending);
    if (this.connection.status === 'closed' || signal?.aborted) {
      const error = givenUp('the prompt was given up before it was sent', signal);
      this.#turns.refuse(pending.eventId, signal?.aborted ? error : this.#link.closedError);
      return turn;
    }
    this.#outbox.prompt(pending, frame);
    const detach = () =>
      turn.fail(givenUp('nobody listens to this turn any more; the agent goes on', signal));
    signal?.addEventListener('abort', detach, { once: true });
    return turn;
  }

  /** Gives the session a file, to be named by prompts. Connects first, if it is not connected yet. */
  async upload(file: Blob, options: { name?: string; signal?: AbortSignal } = {}): Promise<UploadedFile> {
    const { session_id: sessionId } = this.#session ?? (await this.connect());
    return new FilesApi(this.#options).upload(sessionId, file, options);
  }

  /** Follows a turn that somebody else started, from the next event on. */
  follow(turnId: string): Turn {
    return this.#turns.follow(turnId);
  }

  respondToPermission(id: string, answer: requests.PermissionAnswer): Promise<void> {
    return this.#outbox.ask(requests.permissionResponse(id, answer));
  }

  answerQuestion(id: string, answers: Record<string, string | string[]>): Promise<void> {
    return this.#outbox.ask(requests.questionResponse(id, answers));
  }

  respondToElicitation(
    id: string,
    action: 'accept' | 'decline' | 'cancel',
    content?: Record<string, unknown>,
  ): Promise<void> {
    return this.#outbox.ask(requests.elicitationResponse(id, action, content));
  }

  /** Asks the running turn to end; its `done` follows. */
  interrupt(): Promise<void> {
    return this.control('interrupt');
  }

  control(action: string, details?: Record<string, unknown>): Promise<void> {
    return this.#outbox.ask(requests.control(action, details));
  }

  command(
    command: ClientData<'worker_command'>['command'],
    args?: string,
    extra?: Record<string, unknown>,
  ): Promise<void> {
    return this.#outbox.ask(requests.workerCommand(command, args, extra));
  }

  editInput(inputId: string, content: string): Promise<void> {
    return this.#outbox.ask(requests.inputEdit(inputId, content));
  }

  cancelInput(inputId: string): Promise<void> {
    return this.#outbox.ask(requests.inputCancel(inputId));
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
    this.#link.shut(null);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #receive(envelope: ServerEnvelope): void {
    const { event, seq } = envelope;
    if (event.type === 'init_ack') {
      this.#greeted(event.data);
      return;
    }
    const logged = isLoggedKind(event.type) && !(event.type === 'error' && event.data.event_id !== undefined);
    if (!logged) {
      this.#notice(envelope);
      return;
    }
    const outcome = this.#cursor.take(seq);
    if (outcome === 'missing') this.#link.drop('a number is missing');
    if (outcome !== 'taken') return;
    this.#turns.take(envelope);
    this.#noteReplay();
    this.#answers.confirm(event);
    this.#events.tell(envelope);
  }

  /** Tells the turns when all is here that the gateway had when it greeted. */
  #noteReplay(): void {
    if (this.lastSeq >= (this.#session?.last_seq ?? 0)) this.#turns.caughtUp();
  }

  #greeted(ack: InitAck): void {
    if (ack.code !== undefined) {
      this.#link.refused(
        new AepError({ code: ack.code, message: ack.error ?? ack.code, details: ack.details }),
      );
      return;
    }
    this.#session = ack;
    this.#frames.sessionId = ack.session_id;
    this.#cursor.greet(ack);
    this.#link.greeted();
    this.#opening?.resolve(ack);
    this.#opening = undefined;
    this.#outbox.resend();
  }

  #notice(envelope: ServerEnvelope): void {
    const { event } = envelope;
    if (event.type === 'control' && event.data.action === 'reconnect')
      this.#link.comeBackAfter(event.data.delay_ms);
    if (event.type === 'control' && event.data.action === 'reauth') void this.#link.reauthenticate();
    if (event.type === 'input.receipt') {
      this.#turns.receipt(event.data);
      this.#noteReplay();
    }
    if (event.type === 'resync') this.#cursor.restart(event.data.first_seq, event.data.epoch);
    if (event.type === 'error' && event.data.event_id !== undefined) {
      const error = new AepError({ ...event.data, eventId: event.data.event_id });
      // A gateway that is stopping refuses prompts; they are sent again to the next one.
      if (error.code !== 'RECONNECT_REQUIRED') this.#outbox.refuse(event.data.event_id, error);
    }
    if (event.type === 'pong') this.#answers.ponged();
    this.#notices.tell(envelope);
  }

  #moved(state: ConnectionState): void {
    this.#connections.tell(state);
    if (state.status !== 'closed') return;
    const error = this.#link.closedError;
    this.#opening?.reject(error);
    this.#turns.abandon(error);
    this.#answers.abandon(error);
  }
}

const givenUp = (message: string, signal: AbortSignal | undefined) =>
  new AepError({ code: 'CLIENT_CLOSED', message }, { cause: signal?.reason });
