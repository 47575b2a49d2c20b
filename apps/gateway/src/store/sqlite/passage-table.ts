import type { Passage } from '../passage.ts';
import { containsAll, indexQuery, type SearchTerms, searchTerms } from '../search-terms.ts';
import type { SearchHit, SearchPage, SearchQuery } from '../store.ts';
import type { SqliteConnection } from './connect-sqlite.ts';

/** Passages looked at for one page: about a millisecond. A search that needs more goes on with its next page. */
const mostCandidates = 256;

type Candidate = Omit<SearchHit, 'isArchived'> & { position: number; isArchived: number };
type Scope = { ownerId: string; botId: string | null; before: number };

const candidates = (from: string) => `
  select p.position, p.session_id as sessionId, s.title, s.is_archived as isArchived, p.seq, p.kind, p.timestamp, p.content
  from ${from} join sessions s on s.id = p.session_id
  where p.owner_id = :ownerId and s.state <> 'deleted' and (:botId is null or s.bot_id is null or s.bot_id = :botId)
  order by p.position desc`;

/** The rows that search works on. Callers bring the transaction. */
export function createPassageTable(connection: SqliteConnection) {
  const insert = connection.prepare<Passage & { sessionId: string }>(
    `insert or ignore into passages (owner_id, session_id, seq, part, kind, block_id, timestamp, content)
     select owner_id, id, :seq, :part, :kind, :blockId, :timestamp, :content from sessions where id = :sessionId`,
  );
  const removeBlock = connection.prepare<[string, string]>(
    'delete from passages where session_id = ? and block_id = ?',
  );
  const removeTitle = connection.prepare<[string]>('delete from passages where session_id = ? and seq = 0');
  const title = connection
    .prepare<[string], string>('select content from passages where session_id = ? and seq = 0')
    .pluck();
  const lookUp = connection.prepare<Scope & { query: string }, Candidate>(
    candidates(`(select rowid as position from passage_index where passage_index match :query and rowid < :before
       order by rowid desc limit ${mostCandidates}) c join passages p on p.position = c.position`),
  );
  const lastLookedUp = connection
    .prepare<{ query: string; before: number }, number>(
      `select rowid from passage_index where passage_index match :query and rowid < :before
       order by rowid desc limit 1 offset ${mostCandidates - 1}`,
    )
    .pluck();
  const scan = connection.prepare<Scope, Candidate>(
    candidates(`(select * from passages where owner_id = :ownerId and position < :before
       order by position desc limit ${mostCandidates}) p`),
  );
  const lastScanned = connection
    .prepare<Omit<Scope, 'botId'>, number>(
      `select position from passages where owner_id = :ownerId and position < :before
       order by position desc limit 1 offset ${mostCandidates - 1}`,
    )
    .pluck();

  /** The page in the order of positions; `last` is where the look ended if there may be more. */
  function pageOf(found: readonly Candidate[], last: number | undefined, terms: SearchTerms, limit: number) {
    const hits = found.filter(({ content }) => containsAll(content, terms));
    const next = hits.length > limit ? hits[limit - 1]?.position : last;
    return { hits: hits.slice(0, limit).map(toHit), next: next ?? null };
  }

  return {
    insert: (sessionId: string, passage: Passage) => void insert.run({ ...passage, sessionId }),
    removeBlock: (sessionId: string, blockId: string) => void removeBlock.run(sessionId, blockId),
    title: (sessionId: string) => title.get(sessionId) ?? null,
    removeTitle: (sessionId: string) => void removeTitle.run(sessionId),
    search({ ownerId, botId, text, limit, before = Number.MAX_SAFE_INTEGER }: SearchQuery): SearchPage {
      const terms = searchTerms(text);
      if (terms.length === 0) return { hits: [], next: null };
      const query = indexQuery(terms);
      const scope = { ownerId, botId: botId ?? null, before };
      if (query === undefined)
        return pageOf(scan.all(scope), lastScanned.get({ ownerId, before }), terms, limit);
      return pageOf(lookUp.all({ ...scope, query }), lastLookedUp.get({ query, before }), terms, limit);
    },
  };
}

function toHit({ position: _, isArchived, ...hit }: Candidate): SearchHit {
  return { ...hit, isArchived: isArchived !== 0 };
}

export type PassageTable = ReturnType<typeof createPassageTable>;
