import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { AepError, type ClientClock, type ConnectionState } from '@hotplex/client-sdk';
import type { AepChatTransport } from '../aep-chat-transport.ts';
import type { Participant } from '../session/session-line.ts';
import type { History } from '../to-messages.ts';
import { nextFacts, noFacts, type SessionFacts } from './session-facts.ts';

/** What `useChat` does not know of a session. */
export type SessionStatus = SessionFacts & {
  connection: ConnectionState;
  /** Who else is there, and this connection itself; empty unless the transport has the option `presence`. */
  participants: readonly Participant[];
};

export type WatchOptions = {
  transport: Pick<
    AepChatTransport,
    'connect' | 'isConnected' | 'allEvents' | 'onEvent' | 'onConnection' | 'onParticipants'
  >;
  /** The chat’s id. */
  id: string;
  /** What the page has read of the session; without it the log is read once more. */
  history?: Pick<History, 'facts' | 'activeTurn' | 'lastSeq'> | undefined;
  /** Counts the pause before a log that could not be read is read again; for tests. */
  after?: ClientClock['after'];
};

const shortestPauseMs = 250;
const longestPauseMs = 10_000;

/**
 * Follows a session while somebody listens, over the transport’s connection, and reads in the log what it missed before. A
 * chat without a session gets one.
 */
export class SessionWatch {
  readonly #options: WatchOptions;
  readonly #listeners = new Set<() => void>();
  #status: SessionStatus;
  #stop: (() => void) | undefined;
  /** Live events that must wait until what came before them has been read. */
  #held: ServerEnvelope[] | undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#status = {
      ...{ ...noFacts, ...options.history?.facts },
      ...{ connection: { status: 'idle' }, participants: [] },
    };
  }

  /** The same object until something changes. */
  get status(): SessionStatus {
    return this.#status;
  }

  /** Calls back after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    const call = () => listener();
    this.#listeners.add(call);
    this.#stop ??= this.#start();
    return () => {
      this.#listeners.delete(call);
      if (this.#listeners.size > 0) return;
      this.#stop?.();
      this.#stop = undefined;
    };
  }

  #start(): () => void {
    const { transport, id, after = afterPause } = this.#options;
    const stopped = new AbortController();
    let isReading = true;
    let failures = 0;
    let endPause = () => {};
    // What fails is tried anew after a pause, or with the next connection.
    const read = async () => {
      endPause();
      isReading = true;
      // What was held until now is in the log, and is read there.
      this.#held = [];
      const hasRead = await this.#catchUp(stopped.signal);
      isReading = false;
      if (hasRead) failures = 0;
      else if (!stopped.signal.aborted && transport.isConnected(id)) {
        const pauseMs = Math.min(longestPauseMs, shortestPauseMs * 2 ** failures++);
        endPause = after(pauseMs, () => void read());
      }
    };
    const ends = [
      transport.onEvent(id, (envelope) => {
        if (this.#held) this.#held.push(envelope);
        else this.#take([envelope]);
      }),
      transport.onConnection(id, (connection) => {
        this.#move({ ...this.#status, connection });
        if (connection.status === 'ready' && this.#held && !isReading) void read();
      }),
      transport.onParticipants(id, (participants) => this.#move({ ...this.#status, participants })),
      () => stopped.abort(),
      () => endPause(),
    ];
    void read();
    return () => {
      for (const end of ends) end();
    };
  }

  /** Reads what came since the newest event that is known, and says whether it could. */
  async #catchUp(stopped: AbortSignal): Promise<boolean> {
    const { transport, id, history } = this.#options;
    const missed: ServerEnvelope[] = [];
    try {
      await transport.connect(id, history);
      for await (const envelope of transport.allEvents(id, { after: this.#status.lastSeq }))
        missed.push(envelope);
    } catch (error) {
      if (stopped.aborted || transport.isConnected(id)) return false;
      const cause = error instanceof AepError ? error : null;
      this.#move({ ...this.#status, connection: { status: 'closed', cause } });
      return false;
    }
    if (stopped.aborted) return false;
    missed.push(...(this.#held ?? []));
    this.#held = undefined;
    this.#take(missed);
    return true;
  }

  #take(envelopes: readonly ServerEnvelope[]): void {
    this.#move(envelopes.reduce<SessionStatus>(next, this.#status));
  }

  #move(status: SessionStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    for (const call of [...this.#listeners]) call();
  }
}

function next(status: SessionStatus, envelope: ServerEnvelope): SessionStatus {
  const facts = nextFacts(status, envelope);
  return facts === status ? status : { ...status, ...facts };
}

function afterPause(ms: number, fire: () => void): () => void {
  const timer = setTimeout(fire, ms);
  return () => clearTimeout(timer);
}
