import type { CloseName } from '@hotplex/aep-protocol';
import { AepChatTransport, type AepUIMessage, errorText } from '@hotplex/ai-sdk-transport';
import { safeValidateWebSocketChatTransportRequest, type WebSocketChatTransportRequest } from 'ai';
import type { Credential, Identity } from '../../auth/identity.ts';
import { Entry, type EntryOptions } from '../entry.ts';
import { FrameQueue } from '../frame-queue.ts';
import type { FrontDoor, Line, Visitor } from '../front-door.ts';
import { type InnerClient, innerClient } from '../inner-client.ts';
import { VisitorWriter, type VisitorWriterOptions } from '../visitor-writer.ts';
import type { AiSdkFrame } from './ai-sdk-frame.ts';
import { type ChatBody, chatBody } from './chat-body.ts';
import { chatId as checkedChatId } from './chat-id.ts';

export type AiSdkDoorOptions = EntryOptions &
  InnerClient &
  VisitorWriterOptions & {
    /** The credential in headers, of a request or a frame. Throws UNAUTHORIZED for what could mean two things. */
    credentialOf(headers: Record<string, string>): Credential | undefined;
    /** The id of the session that a chat is, or is the key of; undefined if there is none and none shall be made. */
    sessionOf(chat: {
      id: string;
      body: ChatBody;
      identity: Identity;
      mayCreate: boolean;
    }): Promise<string | undefined>;
  };

type Request = WebSocketChatTransportRequest<AepUIMessage>;
type ChatRequest = Exclude<Request, { type: 'abort' }>;

/**
 * The server that the AI SDK’s `WebSocketChatTransport` wants. A chat is a session; its answers are mapped by our own
 * transport, which stands in here as the client.
 */
export const createAiSdkDoor =
  (options: AiSdkDoorOptions): FrontDoor =>
  (visitor) =>
    new AiSdkVisit(visitor, options);

class AiSdkVisit implements Line {
  readonly #options: AiSdkDoorOptions;
  readonly #entry: Entry;
  readonly #writer: VisitorWriter;
  /** Frames wait for those before them, also while one of those waits for its credential to be checked. */
  readonly #frames: FrameQueue;
  readonly #transport: AepChatTransport;
  /** The session of each answer that is being given. */
  readonly #active = new Map<string, string>();

  constructor(visitor: Visitor, options: AiSdkDoorOptions) {
    this.#options = options;
    this.#entry = new Entry(visitor, options);
    this.#frames = new FrameQueue(visitor.socket);
    this.#writer = new VisitorWriter(
      { socket: visitor.socket, close: (name, reason) => this.#end(name, reason) },
      options,
    );
    this.#transport = new AepChatTransport({
      ...innerClient(options, { entry: this.#entry, reader: this.#writer }),
      // The stock transport has no other way to answer.
      approvals: 'turn',
      client: { name: 'ai-sdk' },
    });
  }

  receive(text: string): void {
    this.#frames.add(() => this.#take(text));
  }

  leave(reason: string): void {
    this.#end('goingAway', reason);
  }

  closed(): void {
    this.#entry.closed();
    this.#writer.closed();
    this.#transport.close();
  }

  #end(name: CloseName, reason: string): void {
    this.#entry.close(name, reason);
    this.#transport.close();
  }

  #say(frame: AiSdkFrame): Promise<void> {
    return this.#writer.say(frame);
  }

  async #take(text: string): Promise<void> {
    const request = await read(text);
    if (!request) return this.#entry.close('badInit', 'this is no frame of WebSocketChatTransport');
    if (request.type === 'abort') return this.#abort(request.requestId);
    const { type, requestId, id, headers, body } = request;
    try {
      const identity = await this.#entry.admit(this.#options.credentialOf(headers));
      const mayCreate = type === 'send';
      const sessionId = await this.#options.sessionOf({
        id: checkedChatId(id),
        body: chatBody(body),
        identity,
        mayCreate,
      });
      if (sessionId === undefined) return await this.#say({ type: 'no-active', requestId });
      this.#active.set(requestId, sessionId);
      void this.#answer(request, sessionId);
    } catch (error) {
      await this.#say({ type: 'error', requestId, errorText: errorText(error) });
      if (!this.#entry.isAdmitted) this.#entry.close('unauthenticated', 'no credential');
    }
  }

  async #answer(request: ChatRequest, chatId: string): Promise<void> {
    const { requestId } = request;
    try {
      const stream = await this.#open(request, chatId);
      if (!stream) return await this.#say({ type: 'no-active', requestId });
      await this.#say({ type: 'start', requestId });
      let sequence = 0;
      for await (const chunk of stream) {
        // What was stopped is read to its end, so that nobody takes it for unread.
        if (this.#active.has(requestId))
          await this.#say({ type: 'chunk', requestId, sequence: sequence++, chunk });
      }
      await this.#say({ type: 'end', requestId });
    } catch (error) {
      await this.#say({ type: 'error', requestId, errorText: errorText(error) });
    } finally {
      this.#active.delete(requestId);
    }
  }

  #open(request: ChatRequest, chatId: string) {
    if (request.type === 'resume') return this.#transport.reconnectToStream({ chatId });
    const { trigger, messageId, messages, body } = request;
    return this.#transport.sendMessages({
      ...{ chatId, trigger, messageId, messages, body, abortSignal: undefined },
    });
  }

  /** `stop()` of a chat stops its agent; a page that goes away says nothing, and its agent goes on. */
  async #abort(requestId: string): Promise<void> {
    const chatId = this.#active.get(requestId);
    if (chatId === undefined) return;
    this.#active.delete(requestId);
    // It may have ended meanwhile, and then there is nothing to stop.
    await this.#transport.interrupt(chatId).catch(() => {});
  }
}

async function read(text: string): Promise<Request | undefined> {
  try {
    const checked = await safeValidateWebSocketChatTransportRequest<AepUIMessage>({
      value: JSON.parse(text),
    });
    return checked.success ? checked.data : undefined;
  } catch {
    return undefined;
  }
}
