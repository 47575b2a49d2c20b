import { type Passage, titlePassage } from '../passage.ts';
import { containsAll, searchTerms } from '../search-terms.ts';
import type { SearchHit, SearchPage, SearchQuery } from '../store.ts';
import { type ColumnTypes, columnList, givenRows } from './given-rows.ts';
import type { PostgresAccess, Statement, Value } from './postgres-access.ts';
import { signatureOf, signatureOfTerms } from './signature.ts';

/** Signatures compared for one page, and passages looked at: some ten milliseconds. A search goes on with its next page. */
const mostSignatures = 20_000;
const mostCandidates = 256;

type Row = Passage & { signature: string };
const types: ColumnTypes<Row> = {
  ...{ seq: 'bigint', part: 'bigint', kind: 'text', blockId: 'text', timestamp: 'bigint', content: 'text' },
  signature: 'bit(4096)',
};
type Candidate = Omit<SearchHit, 'isArchived'> & { position: number; isArchived: number };

/** Nothing is lost with the last of these: what was not stored is read again. */
const withoutWaiting: Statement = { text: 'set local synchronous_commit = off' };

/** What one page of a log has for search. */
export type ReadPage = {
  sessionId: string;
  /** How far the log had been read before. */
  before: number | null;
  /** How far it has been read now. */
  settled: number;
  passages: readonly Passage[];
  /** Blocks of which nothing may be found any more. */
  takenBack: readonly string[];
};

/** The rows that search works on. */
export function createPassageTable(access: PostgresAccess) {
  function statement(build: (place: (value: Value) => string) => string): Statement {
    const values: Value[] = [];
    const text = build((value) => {
      values.push(value);
      return `$${values.length}`;
    });
    return { text, values };
  }
  const signed = (passages: readonly Passage[]) =>
    passages.map((passage) => ({ ...passage, signature: signatureOf(passage.content) }));

  return {
    /** False if another reader of the log was there first; then nothing is changed. */
    save({ sessionId, before, settled, passages, takenBack }: ReadPage): boolean {
      const save = statement((place) => {
        const id = place(sessionId);
        const known = place(before);
        return `with claimed as (
            insert into search_progress (session_id, seq) select id, ${place(settled)} from sessions where id = ${id}
            on conflict (session_id) do update set seq = excluded.seq where search_progress.seq = ${known}::bigint
            returning session_id),
          taken_back as (delete from passages where session_id = ${id} and block_id = any (${place(takenBack)}::text[])
            and exists (select from claimed)),
          said as (insert into passages (owner_id, session_id, ${columnList(types)})
            select owner_id, id, ${columnList(types, 'given.')}
            from ${givenRows(place, signed(passages), types)} join sessions on id in (select session_id from claimed)
            order by nth on conflict (session_id, seq, part) do nothing)
          select session_id from claimed`;
      });
      const [, rows = []] = access.write([withoutWaiting, save]);
      return rows.length > 0;
    },
    /** Makes the title the only one that is found. */
    saveTitle(sessionId: string, title: string | null, timestamp: number): void {
      const values = [sessionId];
      const rows = title === null ? [] : signed([titlePassage(title, timestamp)]);
      access.write([
        withoutWaiting,
        { text: 'delete from passages where session_id = $1 and seq = 0', values },
        statement(
          (place) => `insert into passages (owner_id, session_id, ${columnList(types)})
            select owner_id, id, ${columnList(types, 'given.')}
            from ${givenRows(place, rows, types)} join sessions on id = ${place(sessionId)}
            on conflict (session_id, seq, part) do nothing`,
        ),
      ]);
    },
    search({ ownerId, botId, text, limit, before = Number.MAX_SAFE_INTEGER }: SearchQuery): SearchPage {
      const terms = searchTerms(text);
      if (terms.length === 0) return { hits: [], next: null };
      const values = [ownerId, before, signatureOfTerms(terms), botId ?? null];
      const rows = access.read<Candidate & { reached: number | null }>({ text: candidates, values });
      const reached = rows[0]?.reached ?? null;
      const found = rows.filter(({ content }) => content !== null);
      const hits = found.filter(({ content }) => containsAll(content, terms));
      const end = found.length === mostCandidates ? found.at(-1)?.position : reached;
      const next = hits.length > limit ? hits[limit - 1]?.position : end;
      return { hits: hits.slice(0, limit).map(toHit), next: next ?? null };
    },
  };
}

/**
 * The newest passages that may have what is looked for, with where the look ended (`reached`, also if there is none).
 * NOTE: the signatures are in the index, so that only passages whose signature fits are read from the table. A hundred
 * thousand passages of one owner take five looks of about ten milliseconds, whatever is looked for; a passage costs 512
 * bytes in the table and as many in the index. An index of trigrams (pg_trgm) would answer rare words sooner, but is not
 * in every PostgreSQL, knows no words of one or two characters, and cannot give the newest first.
 */
const candidates = `
  with look as (select (select position from passages where owner_id = $1 and position < $2
    order by position desc limit 1 offset ${mostSignatures - 1}) as reached),
  found as (
    select p.position, p.session_id as "sessionId", s.title, s.is_archived as "isArchived", p.seq, p.kind, p.timestamp,
      p.content
    from passages p join sessions s on s.id = p.session_id
    where p.owner_id = $1 and p.position < $2 and p.position >= coalesce((select reached from look), 0)
      and p.signature & $3::bit(4096) = $3::bit(4096)
      and s.state <> 'deleted' and ($4::text is null or s.bot_id is null or s.bot_id = $4)
    order by p.position desc limit ${mostCandidates})
  select reached, found.* from look left join found on true order by position desc`;

function toHit({ position: _, isArchived, ...hit }: Candidate & { reached?: number | null }): SearchHit {
  const { reached: __, ...rest } = hit;
  return { ...rest, isArchived: isArchived !== 0 };
}

export type PassageTable = ReturnType<typeof createPassageTable>;
