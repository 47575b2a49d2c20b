import type { ServerData, ServerEnvelope } from '@hotplex/aep-protocol';
import type { AepClient, ConnectionState } from '@hotplex/client-sdk';
import { Listeners } from './listeners.ts';
import { type ForeignTurn, SessionFeed } from './session-feed.ts';

/** Where to go on in a session’s log. */
export type LogPosition = { lastSeq: number; epoch?: string };

/** Who is connected to a session; `you` is this connection. */
export type Participant = ServerData<'presence'>['participants'][number];

/** Makes the client of a chat, not yet connected; undefined if the chat has no session and may not get one. */
export type MakeClient = (
  from: LogPosition | undefined,
  mayCreate: boolean,
) => Promise<AepClient | undefined>;

type OpenOptions = { from?: LogPosition; mayCreate: boolean };

/** One chat’s line to its session. Listeners may come before it is open and stay when it is opened again. */
export class SessionLine {
  readonly feed: SessionFeed;
  readonly #makeClient: MakeClient;
  readonly #connections = new Listeners<ConnectionState>();
  readonly #events = new Listeners<ServerEnvelope>();
  readonly #foreignTurns = new Listeners<ForeignTurn>();
  readonly #presence = new Listeners<readonly Participant[]>();
  #participants: readonly Participant[] = [];
  #opening: Promise<AepClient | undefined> | undefined;
  #client: AepClient | undefined;
  #position: LogPosition | undefined;
  #isClosed = false;

  constructor(makeClient: MakeClient) {
    this.#makeClient = makeClient;
    this.feed = new SessionFeed((turn) => this.#foreignTurns.tell(turn));
  }

  /** The client, from the moment the line is being opened until it is lost. */
  get client(): AepClient | undefined {
    return this.#client;
  }

  /** True when everything that was logged before the connection has arrived. */
  get isCaughtUp(): boolean {
    const { lastSeq = 0, session } = this.#client ?? {};
    return session !== undefined && lastSeq >= (session.last_seq ?? 0);
  }

  /** As they were last told; nobody while the line is not open. */
  get participants(): readonly Participant[] {
    return this.#participants;
  }

  onParticipants(listener: (participants: readonly Participant[]) => void): () => void {
    return this.#presence.add(listener);
  }

  onConnection(listener: (state: ConnectionState) => void): () => void {
    return this.#connections.add(listener);
  }

  onEvent(listener: (envelope: ServerEnvelope) => void): () => void {
    return this.#events.add(listener);
  }

  onForeignTurn(listener: (turn: ForeignTurn) => void): () => void {
    return this.#foreignTurns.add(listener);
  }

  /** Opens the line, or waits for the opening in progress; after a loss it goes on where it was lost. A failure is tried anew by the next call. */
  async open(options: OpenOptions): Promise<AepClient | undefined> {
    this.#opening ??= this.#open(options).catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    const opening = this.#opening;
    const client = await opening;
    if (client) return client;
    // Only the first of those who waited for the same opening may discard it.
    if (this.#opening === opening) this.#opening = undefined;
    return options.mayCreate ? this.open(options) : undefined;
  }

  /** Closes the line for good, also one that is just being opened. */
  close(): void {
    this.#isClosed = true;
    this.#client?.close();
    this.feed.lose(null);
  }

  async #open({ from, mayCreate }: OpenOptions): Promise<AepClient | undefined> {
    const client = await this.#makeClient(this.#position ?? from, mayCreate);
    if (!client) return undefined;
    if (this.#isClosed) throw new TypeError('the transport was closed while it connected');
    this.#client = client;
    this.feed.lost = undefined;
    client.onEvent((envelope) => {
      this.feed.take(envelope);
      this.#events.tell(envelope);
    });
    client.onNotice(({ event }) => {
      if (event.type === 'input.receipt') this.feed.receipt(event.data);
      if (event.type === 'resync') this.feed.endAll();
      if (event.type === 'presence') this.#meet(event.data.participants);
    });
    client.onConnection((state) => {
      if (state.status === 'closed') this.#lose(client, state.cause);
      if (state.status !== 'ready' && this.#participants.length > 0) this.#meet([]);
      this.#connections.tell(state);
    });
    await client.connect();
    return client;
  }

  #meet(participants: readonly Participant[]): void {
    this.#participants = participants;
    this.#presence.tell(participants);
  }

  #lose(client: AepClient, cause: Error | null): void {
    if (this.#client !== client) return;
    if (client.session) this.#position = { lastSeq: client.lastSeq, epoch: client.session.epoch };
    this.#client = undefined;
    this.#opening = undefined;
    this.feed.lose(cause);
  }
}
