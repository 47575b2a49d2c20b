import { type AnyMessage, type ClientConnection, client, RequestError } from '@agentclientprotocol/sdk';

/** Answers a request of the agent; throws RequestError to refuse it. */
export type AnswerRequest = (method: string, params: unknown) => Promise<unknown>;

/**
 * Requests in both directions over lines that somebody else reads and writes. Notifications do not come here: the
 * library handles them later than the answers that follow them, and then a turn would end before its last words.
 */
export class AgentConnection {
  readonly #connection: ClientConnection;
  readonly #incoming: ReadableStreamDefaultController<AnyMessage>;

  constructor({ write, answer }: { write: (line: string) => void; answer: AnswerRequest }) {
    let incoming: ReadableStreamDefaultController<AnyMessage> | undefined;
    const readable = new ReadableStream<AnyMessage>({
      start(controller) {
        incoming = controller;
      },
    });
    const writable = new WritableStream<AnyMessage>({ write: (message) => write(JSON.stringify(message)) });
    if (!incoming) throw new Error('a stream starts at once');
    this.#incoming = incoming;
    this.#connection = client({ name: 'hotplex' })
      .onRequest('*', ({ method, params }) => answer(method, params))
      .connect({ readable, writable });
    this.#connection.closed.catch(() => {});
  }

  /** Takes in a request of the agent or its answer to one of ours. */
  receive(message: Record<string, unknown>): void {
    this.#incoming.enqueue(message as AnyMessage);
  }

  /** Rejects with RequestError if the agent refuses, and if the connection closes before it answers. */
  request(method: string, params: Record<string, unknown>): Promise<unknown> {
    return this.#connection.agent.request(method, params);
  }

  /** Resolves once it was written. */
  async notify(method: string, params: Record<string, unknown>): Promise<void> {
    await this.#connection.agent.notify(method, params).catch(() => {});
  }

  close(): void {
    this.#connection.close();
  }
}

export { RequestError };
