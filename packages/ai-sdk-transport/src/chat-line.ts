import type { ServerEnvelope } from '@hotplex/aep-protocol';
import type { AepClient, ConnectionState } from '@hotplex/client-sdk';
import { type ForeignTurn, SessionFeed } from './session-feed.ts';

type Listener<T> = (value: T) => void;

/** One chat's line to its session: listeners can be there before the line is open, and stay while it is reopened. */
export class ChatLine {
  readonly #open: () => Promise<{ client: AepClient; awaitedTurn: string | undefined }>;
  readonly #connections = new Set<Listener<ConnectionState>>();
  readonly #events = new Set<Listener<ServerEnvelope>>();
  readonly #foreign = new Set<Listener<ForeignTurn>>();
  #opening: Promise<SessionFeed> | undefined;
  #feed: SessionFeed | undefined;

  constructor(open: () => Promise<{ client: AepClient; awaitedTurn: string | undefined }>) {
    this.#open = open;
  }

  /** The open line. Throws before `opened` has resolved. */
  get client(): AepClient {
    if (this.#feed) return this.#feed.client;
    throw new TypeError('this chat is not connected: call connect() first');
  }

  /** Opens the line, once; a failed opening is tried anew by the next call. */
  opened(): Promise<SessionFeed> {
    this.#opening ??= this.#connect();
    return this.#opening;
  }

  onConnection(listener: Listener<ConnectionState>): () => void {
    this.#connections.add(listener);
    if (this.#feed) listener(this.#feed.client.connection);
    return () => this.#connections.delete(listener);
  }

  onEvent(listener: Listener<ServerEnvelope>): () => void {
    this.#events.add(listener);
    return () => this.#events.delete(listener);
  }

  onForeignTurn(listener: Listener<ForeignTurn>): () => void {
    this.#foreign.add(listener);
    return () => this.#foreign.delete(listener);
  }

  close(): void {
    this.#feed?.client.close();
  }

  async #connect(): Promise<SessionFeed> {
    try {
      const { client, awaitedTurn } = await this.#open();
      const feed = new SessionFeed(client, awaitedTurn);
      client.onConnection((state) => tell(this.#connections, state));
      client.onEvent((envelope) => tell(this.#events, envelope));
      feed.onForeignTurn((turn) => tell(this.#foreign, turn));
      await client.connect();
      this.#feed = feed;
      return feed;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }
}

function tell<T>(listeners: ReadonlySet<Listener<T>>, value: T): void {
  for (const listener of [...listeners]) listener(value);
}
