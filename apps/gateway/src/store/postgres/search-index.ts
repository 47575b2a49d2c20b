import { type Passage, passagesOf } from '../passage.ts';
import { SaidTexts } from '../said-text.ts';
import type { EventRecord, SearchPage, SearchQuery, SessionStore } from '../store.ts';
import { UnreadSessions } from '../unread-sessions.ts';
import { createPassageTable, type PassageTable } from './passage-table.ts';
import type { PostgresAccess } from './postgres-access.ts';

/** Events read in one piece of work: three calls of the database. */
const eventsOfPiece = 256;
/** Sessions of an owner that a search looks for because others may have written to them. */
const mostBehind = 32;

const behind = `
  select s.id from sessions s
    left join search_progress p on p.session_id = s.id
    left join passages t on t.session_id = s.id and t.seq = 0
  where s.state <> 'deleted' and (p.seq is null or p.seq < s.last_seq or s.title is distinct from t.content)`;

type Standing = { seq: number | null; title: string | null; updatedAt: number; found: string | null };

/**
 * A reader of all logs that keeps what can be searched. It comes after the fact, in small pieces, and what it has read is
 * stored together with how far it got: of several readers of one log, in other gateways, one gets on and the others stop.
 */
export class SearchIndex {
  readonly #access: PostgresAccess;
  readonly #events: SessionStore['events'];
  readonly #table: PassageTable;
  /** What is to be read. */
  readonly unread: UnreadSessions;

  constructor(access: PostgresAccess, events: SessionStore['events']) {
    this.#access = access;
    this.#events = events;
    this.#table = createPassageTable(access);
    const ids = access.read<{ id: string }>({ text: behind }).map(({ id }) => id);
    this.unread = new UnreadSessions(ids, (sessionId) => this.#read(sessionId));
  }

  /** Finds what is new in the sessions of an owner, whoever wrote it. */
  markBehind(ownerId: string): void {
    const text = `${behind} and s.owner_id = $1 order by s.updated_at desc limit ${mostBehind}`;
    for (const { id } of this.#access.read<{ id: string }>({ text, values: [ownerId] })) this.unread.add(id);
  }

  search(query: SearchQuery): SearchPage {
    return this.#table.search(query);
  }

  *#read(sessionId: string): Generator<void> {
    const text = `select p.seq, s.title, s.updated_at as "updatedAt", t.content as found from sessions s
      left join search_progress p on p.session_id = s.id
      left join passages t on t.session_id = s.id and t.seq = 0
      where s.id = $1`;
    const [standing] = this.#access.read<Standing>({ text, values: [sessionId] });
    if (standing) {
      yield* this.#readLog(sessionId, standing.seq);
      const { title, found, updatedAt } = standing;
      if (title !== found) this.#table.saveTitle(sessionId, title, updatedAt);
    }
  }

  *#readLog(sessionId: string, known: number | null): Generator<void> {
    const texts = new SaidTexts();
    let before = known;
    for (let cursor = known ?? 0; ; yield) {
      const events = this.#events(sessionId, cursor, eventsOfPiece);
      // A log without events has been read, too.
      if (events.length === 0 && before !== null) return;
      cursor = events.at(-1)?.seq ?? cursor;
      const page = pageOf(events, texts);
      const settled = texts.settledSeq(cursor);
      if (!this.#table.save({ sessionId, before, settled, ...page })) return;
      before = settled;
    }
  }
}

/** What is said in these events and not taken back in them. */
function pageOf(
  events: readonly EventRecord[],
  texts: SaidTexts,
): { passages: Passage[]; takenBack: string[] } {
  let passages: Passage[] = [];
  const takenBack: string[] = [];
  for (const event of events) {
    const effect = texts.take(event);
    passages.push(...effect.said.flatMap(passagesOf));
    passages = passages.filter(({ blockId }) => blockId === null || !effect.takenBack.includes(blockId));
    takenBack.push(...effect.takenBack);
  }
  return { passages, takenBack };
}
