import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * What can be searched: whole texts cut into passages, an index of their trigrams, and how far it has read each log.
 * NOTE: the index keeps no positions (`detail=none`): it names candidates, and the passage itself is looked at. That is
 * less than half the size. It never merges by itself, because a merge inside a write would block; see `search-index.ts`.
 * A removed session leaves a note, because words of its passages stay in the index until that is merged as a whole.
 */
const statements = [
  sql`create table passages (
    position integer primary key,
    owner_id text not null,
    session_id text not null references sessions on delete cascade,
    seq integer not null,
    part integer not null,
    kind text not null,
    block_id text,
    timestamp integer not null,
    content text not null,
    unique (session_id, seq, part)
  ) strict`,
  sql`create index passages_by_owner on passages (owner_id, position)`,

  sql`create table search_progress (
    session_id text primary key references sessions on delete cascade,
    seq integer not null
  ) strict, without rowid`,

  sql`create virtual table passage_index
    using fts5(content, content='passages', content_rowid='position', tokenize='trigram', detail=none)`,
  sql`insert into passage_index (passage_index, rank) values ('automerge', 0)`,
  sql`insert into passage_index (passage_index, rank) values ('crisismerge', 1000)`,
  sql`create trigger passage_indexed after insert on passages begin
    insert into passage_index (rowid, content) values (new.position, new.content);
  end`,
  sql`create trigger passage_forgotten after delete on passages begin
    insert into passage_index (passage_index, rowid, content) values ('delete', old.position, old.content);
  end`,

  sql`create table pending_wipes (id integer primary key) strict`,
  sql`create trigger session_removed after delete on sessions begin
    insert or ignore into pending_wipes values (1);
  end`,
];

export const search: Migration = {
  async up(database) {
    for (const statement of statements) await statement.execute(database);
  },
};
