import { passagesOf, titlePassage } from '../passage.ts';
import { SaidTexts } from '../said-text.ts';
import type { SearchPage, SearchQuery, SessionStore } from '../store.ts';
import { UnreadSessions } from '../unread-sessions.ts';
import type { SqliteConnection } from './connect-sqlite.ts';
import type { DatabaseAccess } from './database-access.ts';
import { createPassageTable } from './passage-table.ts';

/** More would make a merge begin with a look at too many of them. */
const mostPlaces = 16;
/** Events read, passages indexed, index pages merged in one piece of work: each a millisecond or two. */
const pieces = { events: 256, passages: 2, pages: 1 };

type SearchIndexOptions = {
  connection: SqliteConnection;
  access: DatabaseAccess;
  events: SessionStore['events'];
};

/**
 * A reader of all logs that keeps what can be searched. It comes after the fact, in small pieces, and remembers how far
 * it got: a write never waits for it, and what it missed while the gateway was down or the disk full it reads later.
 */
export class SearchIndex {
  readonly #options: SearchIndexOptions;
  readonly #table: ReturnType<typeof createPassageTable>;
  readonly #statements: ReturnType<typeof prepare>;
  /** What is to be read. */
  readonly unread: UnreadSessions;
  /** Writes since the index was merged: each left a place of its own that a search has to look at. */
  #places = 0;

  constructor(options: SearchIndexOptions) {
    this.#options = options;
    this.#table = createPassageTable(options.connection);
    this.#statements = prepare(options.connection);
    this.unread = new UnreadSessions(this.#statements.behind.all(), (sessionId) => this.#read(sessionId));
  }

  /** Whether many small writes have left a search more places to look at than it needs. */
  get isScattered(): boolean {
    return this.#places > 0;
  }

  search(query: SearchQuery): SearchPage {
    return this.#options.access.read(() => this.#table.search(query));
  }

  /** Joins what small writes left behind, in pieces; `all` rewrites the whole index, so that deleted words are in it no more. */
  *merge({ all = false }: { all?: boolean } = {}): Generator<void> {
    const { access } = this.#options;
    const { merge, changes } = this.#statements;
    this.#places = 0;
    // NOTE: https://www.sqlite.org/fts5.html#the_merge_command: a negative number begins such a rewrite, and a step that
    // changes fewer than two rows had nothing to do.
    let pages = all ? -pieces.pages : pieces.pages;
    for (let isDone = false; !isDone; pages = pieces.pages) {
      const before = changes.get() ?? 0;
      access.write(() => merge.run(pages));
      isDone = (changes.get() ?? 0) - before < 2;
      yield;
    }
  }

  *#read(sessionId: string): Generator<void> {
    const { access, events: page } = this.#options;
    const { progress, saveProgress } = this.#statements;
    const texts = new SaidTexts();
    let cursor = progress.get(sessionId) ?? 0;
    for (;;) {
      const events = page(sessionId, cursor, pieces.events);
      if (events.length === 0) break;
      const writes = events.flatMap((event) => {
        const { said, takenBack } = texts.take(event);
        return [
          ...said.flatMap(passagesOf).map((passage) => () => this.#table.insert(sessionId, passage)),
          ...takenBack.map((blockId) => () => this.#table.removeBlock(sessionId, blockId)),
        ];
      });
      cursor = events.at(-1)?.seq ?? cursor;
      yield;
      for (let done = 0; done < writes.length; done += pieces.passages) {
        access.write(() => {
          for (const write of writes.slice(done, done + pieces.passages)) write();
        });
        this.#places += 1;
        yield;
        if (this.#places >= mostPlaces) yield* this.merge();
      }
      access.write(() => saveProgress.run({ sessionId, seq: texts.settledSeq(cursor) }));
    }
    access.write(() => this.#readTitle(sessionId));
  }

  #readTitle(sessionId: string): void {
    const { session, saveProgress } = this.#statements;
    const { title, updatedAt } = session.get(sessionId) ?? { title: null, updatedAt: 0 };
    if (title !== this.#table.title(sessionId)) {
      this.#table.removeTitle(sessionId);
      if (title !== null) this.#table.insert(sessionId, titlePassage(title, updatedAt));
    }
    saveProgress.run({ sessionId, seq: 0 });
  }
}

function prepare(connection: SqliteConnection) {
  return {
    behind: connection
      .prepare<[], string>(
        `select id from sessions left join search_progress on session_id = id
         where state <> 'deleted' and (seq is null or seq < last_seq)`,
      )
      .pluck(),
    progress: connection
      .prepare<[string], number>('select seq from search_progress where session_id = ?')
      .pluck(),
    saveProgress: connection.prepare<{ sessionId: string; seq: number }>(
      `insert into search_progress select id, :seq from sessions where id = :sessionId
       on conflict (session_id) do update set seq = max(seq, excluded.seq)`,
    ),
    session: connection.prepare<[string], { title: string | null; updatedAt: number }>(
      'select title, updated_at as updatedAt from sessions where id = ?',
    ),
    merge: connection.prepare<[number]>(
      `insert into passage_index (passage_index, rank) values ('merge', ?)`,
    ),
    changes: connection.prepare<[], number>('select total_changes()').pluck(),
  };
}
