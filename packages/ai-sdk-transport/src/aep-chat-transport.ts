import type { ClientData, ServerEnvelope } from '@hotplex/aep-protocol';
import { type AepClient, type ConnectionState, SessionsApi } from '@hotplex/client-sdk';
import type { ChatTransport } from 'ai';
import { answerApprovals } from './session/answer-approvals.ts';
import { finishedTurns } from './session/finished-turn.ts';
import { joinSession } from './session/join-session.ts';
import { type SendOptions, sendPrompt } from './session/send-prompt.ts';
import type { ForeignTurn } from './session/session-feed.ts';
import { type LogPosition, type Participant, SessionLine } from './session/session-line.ts';
import { createTurnStream, type TurnSource } from './session/turn-stream.ts';
import { toDisconnect } from './to-disconnect.ts';
import type { History } from './to-messages.ts';
import type { AepChatTransportOptions } from './transport-options.ts';
import type { AepChunk, AepUIMessage } from './ui-message.ts';
import { withAbort } from './with-abort.ts';

type Transport = ChatTransport<AepUIMessage>;
type ReconnectOptions = Parameters<Transport['reconnectToStream']>[0];
type PermissionAnswer = Parameters<AepClient['respondToPermission']>[1];

/**
 * Lets `useChat` talk to agents behind a HotPlex gateway. A chat’s id is its session’s id, a user message’s id its
 * input id, an assistant message’s id its turn id. Aborting only detaches: `interrupt` is what stops the agent.
 */
export class AepChatTransport implements Transport {
  readonly resumeStreamIsReplay = true;
  readonly #options: AepChatTransportOptions;
  readonly #sessions: SessionsApi;
  readonly #lines = new Map<string, SessionLine>();

  constructor(options: AepChatTransportOptions) {
    this.#options = options;
    const { url, auth, fetch: request } = options;
    this.#sessions = new SessionsApi({ url, auth, fetch: request });
  }

  /** Sends the last message: a prompt, or (approvals by turn) an assistant message with answered permission requests. */
  async sendMessages(options: SendOptions): Promise<ReadableStream<AepChunk>> {
    const { chatId, messages, abortSignal } = options;
    const message = messages.at(-1);
    if (!message) throw new TypeError('there is no message to send');
    const client = await withAbort(this.#open(chatId), abortSignal);
    const { feed } = this.#line(chatId);
    const readFinishedTurn = finishedTurns(this.#sessions, client.session?.session_id ?? chatId);
    const connected = { client, feed, readFinishedTurn };
    const source =
      message.role === 'assistant'
        ? await answerApprovals(connected, message, abortSignal)
        : { prompt: await sendPrompt(connected, message, options) };
    return this.#stream(chatId, source, abortSignal);
  }

  /** The running turn from its start, after those that ended unread. Null if there is nothing to show. */
  async reconnectToStream({
    chatId,
    abortSignal,
  }: ReconnectOptions): Promise<ReadableStream<AepChunk> | null> {
    const line = this.#line(chatId);
    const resumed = line.feed.resume();
    try {
      const client = await withAbort(line.open({ mayCreate: false }), abortSignal);
      const turn = client?.session?.turn;
      while (client && turn && !line.isCaughtUp && !line.feed.hasBegun(turn.id) && !line.feed.lost) {
        await withAbort(line.feed.changed.next(), abortSignal);
      }
      if (line.feed.lost) throw line.feed.lost;
      const logs = line.feed.takeUnread();
      return logs.length > 0 ? this.#stream(chatId, { logs }, abortSignal) : null;
    } catch (error) {
      throw toDisconnect(error);
    } finally {
      resumed();
    }
  }

  /**
   * Opens the live connection without sending anything. With the history that is on screen, everything since it was
   * read is told, so that no turn falls between the two.
   */
  async connect(
    chatId: string,
    history?: Pick<History, 'activeTurn' | 'lastSeq'> & { epoch?: string },
  ): Promise<void> {
    const { activeTurn, lastSeq = 0, epoch } = history ?? {};
    await this.#open(
      chatId,
      history && { lastSeq: activeTurn ? activeTurn.firstSeq - 1 : lastSeq, ...(epoch ? { epoch } : {}) },
    );
  }

  async respondToPermission(chatId: string, id: string, answer: PermissionAnswer): Promise<void> {
    await (await this.#open(chatId)).respondToPermission(id, answer);
  }

  async answerQuestion(
    chatId: string,
    id: string,
    answers: Record<string, string | string[]>,
  ): Promise<void> {
    await (await this.#open(chatId)).answerQuestion(id, answers);
  }

  async respondToElicitation(
    chatId: string,
    id: string,
    action: ClientData<'elicitation_response'>['action'],
    content?: Record<string, unknown>,
  ): Promise<void> {
    await (await this.#open(chatId)).respondToElicitation(id, action, content);
  }

  /** Asks the agent to stop; the end of the turn then ends its stream. */
  async interrupt(chatId: string): Promise<void> {
    await (await this.#open(chatId)).interrupt();
  }

  /** Changes the text of a prompt that still waits in the queue. */
  async editPrompt(chatId: string, inputId: string, text: string): Promise<void> {
    await (await this.#open(chatId)).editInput(inputId, text);
  }

  /** Takes a prompt out of the queue before it runs. */
  async cancelPrompt(chatId: string, inputId: string): Promise<void> {
    await (await this.#open(chatId)).cancelInput(inputId);
  }

  async command(
    chatId: string,
    command: ClientData<'worker_command'>['command'],
    args?: string,
    extra?: Record<string, unknown>,
  ): Promise<void> {
    await (await this.#open(chatId)).command(command, args, extra);
  }

  async control(chatId: string, action: string, details?: Record<string, unknown>): Promise<void> {
    await (await this.#open(chatId)).control(action, details);
  }

  /** The chat’s connection. Throws TypeError while there is none: `connect` first. */
  client(chatId: string): AepClient {
    const { client } = this.#line(chatId);
    if (!client) throw new TypeError(`chat ${chatId} is not connected: await connect() first`);
    return client;
  }

  /** Tells every change of the connection; one that already stands is told at once. */
  onConnection(chatId: string, listener: (state: ConnectionState) => void): () => void {
    const line = this.#line(chatId);
    if (line.client) listener(line.client.connection);
    return line.onConnection(listener);
  }

  /** A turn that no stream of this transport waits for: show `message` unless it is there, and call `chat.resumeStream()`. */
  onForeignTurn(chatId: string, listener: (turn: ForeignTurn) => void): () => void {
    return this.#line(chatId).onForeignTurn(listener);
  }

  /** Whether the chat’s connection is open, or being made again. */
  isConnected(chatId: string): boolean {
    return this.#line(chatId).client?.session !== undefined;
  }

  /** The session’s log after a number, page by page. */
  async *allEvents(chatId: string, options?: { after?: number }): AsyncGenerator<ServerEnvelope> {
    const { session } = await this.#open(chatId);
    yield* this.#sessions.allEvents(session?.session_id ?? chatId, options);
  }

  /** Every logged event of the session from now on, once and in order. */
  onEvent(chatId: string, listener: (envelope: ServerEnvelope) => void): () => void {
    return this.#line(chatId).onEvent(listener);
  }

  /** Tells who is connected to the session, now and at every change; with the option `presence` alone. */
  onParticipants(chatId: string, listener: (participants: readonly Participant[]) => void): () => void {
    const line = this.#line(chatId);
    listener(line.participants);
    return line.onParticipants(listener);
  }

  /** Closes the connections of all chats; their agents go on. `chat.dispose()` calls it too. Safe to call twice. */
  close(): void {
    for (const line of this.#lines.values()) line.close();
    this.#lines.clear();
  }

  #stream(chatId: string, source: TurnSource, signal: AbortSignal | undefined): ReadableStream<AepChunk> {
    const line = this.#line(chatId);
    const { approvals = 'inline' } = this.#options;
    const isCaughtUp = () => line.isCaughtUp;
    return createTurnStream({ feed: line.feed, source, approvals, isCaughtUp, signal });
  }

  async #open(chatId: string, from?: LogPosition): Promise<AepClient> {
    const client = await this.#line(chatId).open({ from, mayCreate: true });
    if (!client) throw new TypeError(`chat ${chatId} could not be opened`);
    return client;
  }

  #line(chatId: string): SessionLine {
    const known = this.#lines.get(chatId);
    if (known) return known;
    const join = { chatId, sessions: this.#sessions, options: this.#options };
    const line = new SessionLine((from, mayCreate) => joinSession(join, from, mayCreate));
    this.#lines.set(chatId, line);
    return line;
  }
}
