import type { Identity } from '../../auth/identity.ts';
import type { Clock } from '../../ground/clock.ts';
import type { Ids } from '../../ground/ids.ts';
import type { Audience } from '../../session/audience.ts';
import { mayUse } from '../../session/session-scope.ts';
import type { ToldSessions } from '../../session/told-sessions.ts';
import type { SessionRecord } from '../../store/store.ts';
import { LiveText } from '../live-text.ts';
import type { Conversation } from './conversation.ts';
import type { OpenCodeEvent } from './message.ts';
import { toSessionId } from './opencode-ids.ts';
import { type ReadSession, readConversation, toEnvelope } from './read-conversation.ts';
import { toSessionInfo } from './session-info.ts';

/** What is read from a log and given to the network at once. */
const page = 256;
const heartbeatMs = 10_000;

/** How a server of OpenCode sends an event, of a work dir or of itself. */
export type EventForm = (event: OpenCodeEvent & { id: string }, directory: string | undefined) => object;

type OpenCodeStreamOptions = {
  identity: Identity;
  /** Of all nodes. */
  told: ToldSessions;
  audience: Audience;
  form: EventForm;
  /** Only sessions of this work dir; undefined: all that the client may use. */
  directory: string | undefined;
  isWelcome(): Promise<boolean>;
  onClose(): void;
  stopping: AbortSignal;
  clock: Clock;
  ids: Ids;
};

type Followed = { conversation: Conversation; cursor: number };

/**
 * Everything that happens in the sessions of one client, as OpenCode tells it. Each session is a cursor on its log, so a
 * client that reads slowly costs no memory. As with OpenCode, a client that comes back is told what is new and reads the rest.
 */
export class OpenCodeStream {
  readonly #options: OpenCodeStreamOptions;
  readonly #live: LiveText;
  readonly #followed = new Map<string, Followed>();
  /** Sessions in which something happened that the client was not told, with the first number of it. */
  readonly #news = new Map<string, { record: Readonly<SessionRecord>; firstSeq: number }>();
  #isOpen = false;

  constructor(options: OpenCodeStreamOptions) {
    const { identity, audience, clock, directory, isWelcome, stopping } = options;
    this.#options = options;
    const leave = audience.join(identity, (record, newSeq) => {
      if (directory !== undefined && record.workDir !== directory) return;
      const { firstSeq = newSeq } = this.#news.get(record.id) ?? {};
      this.#news.set(record.id, { record, firstSeq });
      this.#live.wake();
    });
    this.#live = new LiveText({
      ...{ clock, isWelcome, stopping, expiresAt: identity.expiresAt, beatMs: heartbeatMs },
      beat: () => this.#format({ type: 'server.heartbeat', properties: {} }),
      take: () => this.#take(),
      onClose() {
        leave();
        options.onClose();
      },
    });
  }

  /** The body of the answer. */
  get body(): ReadableStream<Uint8Array> {
    return this.#live.body;
  }

  async #take(): Promise<string | undefined> {
    if (!this.#isOpen) {
      this.#isOpen = true;
      return this.#format({ type: 'server.connected', properties: {} });
    }
    for (const [id, { record, firstSeq }] of this.#news) {
      const events = await this.#read(id, { record, firstSeq });
      const text = events.map((event) => this.#format(event, record.workDir)).join('');
      if (text !== '') return text;
    }
    return undefined;
  }

  /** The next events of a session; one that is all told is no news any more. */
  async #read(
    id: string,
    { record, firstSeq }: { record: Readonly<SessionRecord>; firstSeq: number },
  ): Promise<OpenCodeEvent[]> {
    const session = this.#find(id);
    const properties = { sessionID: toSessionId(id), info: toSessionInfo(record) };
    if (!session) {
      this.#news.delete(id);
      this.#followed.delete(id);
      return record.state === 'deleted' ? [{ type: 'session.deleted', properties }] : [];
    }
    const followed = this.#followed.get(id) ?? {
      conversation: await readConversation(session, firstSeq - 1),
      cursor: firstSeq - 1,
    };
    this.#followed.set(id, followed);
    const { conversation } = followed;
    const records = session.events(followed.cursor, page);
    if (records.length < page) this.#news.delete(id);
    const created = followed.cursor === 0 ? [{ type: 'session.created', properties }] : [];
    followed.cursor = records.at(-1)?.seq ?? followed.cursor;
    const told = records.flatMap((event) => {
      const envelope = toEnvelope(id, event);
      return envelope ? conversation.take(envelope, session.record) : [];
    });
    conversation.forget();
    return [...created, ...told];
  }

  #find(id: string): ReadSession | undefined {
    const { told, identity } = this.#options;
    const record = told.find(id);
    if (!record || record.state === 'deleted' || !mayUse(identity, record)) return undefined;
    return { record, events: (after, limit) => told.events(id, after, limit) };
  }

  #format(event: OpenCodeEvent, directory?: string): string {
    const { ids, form } = this.#options;
    return `data: ${JSON.stringify(form({ id: ids.event(), ...event }, directory))}\n\n`;
  }
}
