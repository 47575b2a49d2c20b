import type { ClientData, ServerEnvelope, SessionConfig } from '@hotplex/aep-protocol';
import {
  AepClient,
  type AepClientOptions,
  AepError,
  type Auth,
  type ConnectionState,
  SessionsApi,
} from '@hotplex/client-sdk';
import type { ChatTransport } from 'ai';
import type { AepChunk, AepUIMessage } from './aep-ui-message.ts';
import { ChatLine } from './chat-line.ts';
import type { ForeignTurn } from './session-feed.ts';

export type { ForeignTurn };

export type AepChatTransportOptions = {
  /** The gateway's address. */
  url: string;
  auth?: Auth;
  /** The agent of a chat that is new; default `claude_code`. */
  workerType?: (chatId: string) => string;
  config?: (chatId: string) => SessionConfig | undefined;
  client?: { name: string; version?: string };
  webSocket?: AepClientOptions['webSocket'];
  fetch?: typeof fetch;
};

type Send = Parameters<ChatTransport<AepUIMessage>['sendMessages']>[0];
type Reconnect = Parameters<ChatTransport<AepUIMessage>['reconnectToStream']>[0];

/**
 * Lets `useChat` talk to agents behind a HotPlex gateway. A chat's id is its session's id. Aborting or unmounting only
 * stops listening; `interrupt` is what stops the agent. A reload picks up the running turn from its start.
 */
export class AepChatTransport implements ChatTransport<AepUIMessage> {
  readonly resumeStreamIsReplay = true;
  readonly #options: AepChatTransportOptions;
  readonly #sessions: SessionsApi;
  readonly #lines = new Map<string, ChatLine>();

  constructor(options: AepChatTransportOptions) {
    this.#options = options;
    const { url, auth, fetch: send } = options;
    this.#sessions = new SessionsApi({
      url,
      ...(auth === undefined ? {} : { auth }),
      ...(send ? { fetch: send } : {}),
    });
  }

  async sendMessages({ chatId, messages, abortSignal }: Send): Promise<ReadableStream<AepChunk>> {
    const message = messages.at(-1);
    if (message?.role !== 'user')
      throw new TypeError('only a new user message can be sent: agents keep their own history');
    const feed = await this.#line(chatId).opened();
    const content = message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
    feed.own(message.id);
    const stream = feed.stream({ inputId: message.id }, abortSignal);
    await feed.client.prompt(content, { inputId: message.id }).accepted;
    return stream;
  }

  async reconnectToStream({ chatId, abortSignal }: Reconnect): Promise<ReadableStream<AepChunk> | null> {
    const feed = await this.#line(chatId).opened();
    const turnId = feed.runningTurn ?? feed.awaitedTurn;
    return turnId === undefined ? null : feed.stream({ turnId }, abortSignal);
  }

  /** Opens the live connection of a chat without sending anything. */
  async connect(chatId: string): Promise<void> {
    await this.#line(chatId).opened();
  }

  /** The chat's client. Throws TypeError before `connect` has resolved. */
  client(chatId: string): AepClient {
    return this.#line(chatId).client;
  }

  async respondToPermission(
    chatId: string,
    id: string,
    answer: { allowed: boolean; reason?: string; optionId?: string },
  ): Promise<void> {
    await (await this.#client(chatId)).respondToPermission(id, answer);
  }

  async answerQuestion(
    chatId: string,
    id: string,
    answers: Record<string, string | string[]>,
  ): Promise<void> {
    await (await this.#client(chatId)).answerQuestion(id, answers);
  }

  async respondToElicitation(
    chatId: string,
    id: string,
    action: 'accept' | 'decline' | 'cancel',
    content?: Record<string, unknown>,
  ): Promise<void> {
    await (await this.#client(chatId)).respondToElicitation(id, action, content);
  }

  /** Stops the agent's turn; its stream then ends by itself. */
  async interrupt(chatId: string): Promise<void> {
    await (await this.#client(chatId)).interrupt();
  }

  async command(
    chatId: string,
    command: ClientData<'worker_command'>['command'],
    args?: string,
  ): Promise<void> {
    await (await this.#client(chatId)).command(command, args);
  }

  onConnection(chatId: string, listener: (state: ConnectionState) => void): () => void {
    return this.#line(chatId).onConnection(listener);
  }

  /** A turn that nobody on this page started: show its message, if any, and call `chat.resumeStream()`. */
  onForeignTurn(chatId: string, listener: (turn: ForeignTurn) => void): () => void {
    return this.#line(chatId).onForeignTurn(listener);
  }

  onEvent(chatId: string, listener: (envelope: ServerEnvelope) => void): () => void {
    return this.#line(chatId).onEvent(listener);
  }

  close(): void {
    for (const line of this.#lines.values()) line.close();
    this.#lines.clear();
  }

  async #client(chatId: string): Promise<AepClient> {
    return (await this.#line(chatId).opened()).client;
  }

  #line(chatId: string): ChatLine {
    const line = this.#lines.get(chatId) ?? new ChatLine(() => this.#open(chatId));
    this.#lines.set(chatId, line);
    return line;
  }

  /** A running turn is replayed from its start; a chat without one is followed from now on. */
  async #open(chatId: string): Promise<{ client: AepClient; awaitedTurn: string | undefined }> {
    const { url, auth, workerType = () => 'claude_code', config, client: name, webSocket } = this.#options;
    const summary = await this.#sessions.get(chatId).catch((error: unknown) => {
      if (error instanceof AepError && error.code === 'SESSION_NOT_FOUND') return undefined;
      throw error;
    });
    const setUp = summary ? undefined : config?.(chatId);
    const client = new AepClient({
      ...{ url, sessionId: chatId, workerType: summary?.worker_type ?? workerType(chatId) },
      ...(auth === undefined ? {} : { auth }),
      ...(setUp ? { config: setUp } : {}),
      ...(summary?.turn ? { lastSeq: summary.turn.first_seq - 1, epoch: summary.epoch } : {}),
      ...(name ? { client: name } : {}),
      ...(webSocket ? { webSocket } : {}),
    });
    return { client, awaitedTurn: summary?.turn?.id };
  }
}
