import { migration } from './migration.ts';

/**
 * What can be searched: whole texts cut into passages, an index of their trigrams, and how far it has read each log.
 * NOTE: the index keeps no positions (`detail=none`): it names candidates, and the passage itself is looked at. That is
 * less than half the size. It never merges by itself, because a merge inside a write would block; see `search-index.ts`.
 * A removed session leaves a note, because words of its passages stay in the index until that is merged as a whole.
 * PostgreSQL has a signature of each passage instead, which tells most that are not meant; see `postgres/signature.ts`.
 */
const statements = [
  `create table passages (
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
  {
    sqlite: `create index passages_by_owner on passages (owner_id, position)`,
    postgres: `alter table passages add column signature bit(4096) not null;
      create index passages_by_owner on passages (owner_id, position) include (signature)`,
  },

  `create table search_progress (
    session_id text primary key references sessions on delete cascade,
    seq integer not null
  ) strict, without rowid`,

  {
    sqlite: `create virtual table passage_index
      using fts5(content, content='passages', content_rowid='position', tokenize='trigram', detail=none)`,
  },
  { sqlite: `insert into passage_index (passage_index, rank) values ('automerge', 0)` },
  { sqlite: `insert into passage_index (passage_index, rank) values ('crisismerge', 1000)` },
  {
    sqlite: `create trigger passage_indexed after insert on passages begin
      insert into passage_index (rowid, content) values (new.position, new.content);
    end`,
  },
  {
    sqlite: `create trigger passage_forgotten after delete on passages begin
      insert into passage_index (passage_index, rowid, content) values ('delete', old.position, old.content);
    end`,
  },
  { sqlite: `create table pending_wipes (id integer primary key) strict` },
  {
    sqlite: `create trigger session_removed after delete on sessions begin
      insert or ignore into pending_wipes values (1);
    end`,
  },
];

export const search = migration(statements);
