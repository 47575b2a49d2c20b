import { setImmediate as nextRound } from 'node:timers/promises';
import type { Identity } from '../auth/identity.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { SessionQuery, SessionRecord, SessionStore } from '../store/store.ts';
import type { Session } from './session.ts';
import type { SessionRegistry } from './session-registry.ts';
import { readTurn, type TurnReport } from './turn-report.ts';

/** A session as an operator finds it: of one whose agent this gateway cannot run any more there is only the record. */
export type FoundSession = { record: SessionRecord; session: Session | undefined };

const page = 500;
/** Looks at the log for one answer; between them others have their turn. */
const mostPages = 40;

/** The sessions of everybody, for those who run the gateway. What is done here is done as the session's owner could do it. */
export class OperatorSessions {
  readonly #store: Pick<SessionStore, 'find' | 'list' | 'eventsBefore'>;
  readonly #sessions: SessionRegistry;
  /** Newest change first. */
  readonly list: (query: SessionQuery) => SessionRecord[];
  /** The same of those that this gateway works for. */
  readonly listHere: (query: SessionQuery) => SessionRecord[];

  constructor(
    store: Pick<SessionStore, 'find' | 'list' | 'eventsBefore'>,
    sessions: SessionRegistry,
    here: Pick<SessionStore, 'list'> = store,
  ) {
    this.#store = store;
    this.#sessions = sessions;
    this.list = (query) => store.list(query);
    this.listHere = (query) => here.list(query);
  }

  /** Throws SESSION_NOT_FOUND. */
  find(id: string): FoundSession {
    const record = this.#store.find(id);
    if (!record || record.state === 'deleted')
      throw new GatewayError('SESSION_NOT_FOUND', 'there is no such session: GET /admin/sessions lists them');
    const session = this.#live(record);
    return { record: session?.record ?? record, session };
  }

  /** Ends its agent and any turn; its next prompt resumes it. Throws SESSION_NOT_FOUND. */
  async terminate(id: string): Promise<void> {
    await this.find(id).session?.terminate('admin_kill');
  }

  /** For good. Throws SESSION_NOT_FOUND. */
  async remove(id: string): Promise<void> {
    const { record } = this.find(id);
    await this.#sessions.remove(id, asOwner(record));
  }

  /** Its last turns, newest first, without what was said in them. Throws SESSION_NOT_FOUND. */
  async turns(id: string, limit: number): Promise<TurnReport[]> {
    let before = this.find(id).record.lastSeq + 1;
    const turns: TurnReport[] = [];
    for (let look = 0; look < mostPages && turns.length < limit; look += 1) {
      if (look > 0) await nextRound();
      const events = this.#store.eventsBefore(id, before, page);
      turns.push(...events.toReversed().flatMap((event) => readTurn(event) ?? []));
      const [first] = events;
      if (!first || first.seq <= 1) break;
      before = first.seq;
    }
    return turns.slice(0, limit);
  }

  #live(record: SessionRecord): Session | undefined {
    try {
      return this.#sessions.find(record.id, asOwner(record));
    } catch {
      return undefined;
    }
  }
}

const asOwner = ({ ownerId, botId }: SessionRecord): Identity => ({
  ...{ subject: ownerId, botId, role: 'driver', method: 'admin_token' },
  ...{ expiresAt: null, tokenId: null, signedInAt: null },
});
