import { passagesOf, titlePassage } from './passage.ts';
import { SaidTexts } from './said-text.ts';
import { containsAll, searchTerms } from './search-terms.ts';
import type { EventRecord, SearchHit, SearchPage, SearchQuery, SessionRecord } from './store.ts';

type Searchable = { record: SessionRecord; events: readonly EventRecord[] };

/** Looks through everything, each time anew; positions are those of this look, oldest text first. */
export function searchMemory(
  conversations: readonly Searchable[],
  { ownerId, botId, text, limit, before = Number.MAX_SAFE_INTEGER }: SearchQuery,
): SearchPage {
  const terms = searchTerms(text);
  if (terms.length === 0) return { hits: [], next: null };
  const found = conversations
    .filter(({ record }) => record.ownerId === ownerId && record.state !== 'deleted')
    .filter(({ record }) => botId === undefined || record.botId === null || record.botId === botId)
    .flatMap(saidIn)
    .toSorted((a, b) => a.timestamp - b.timestamp)
    .map((hit, position) => ({ hit, position }))
    .filter(({ hit, position }) => position < before && containsAll(hit.content, terms))
    .toReversed();
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { hits: page.map(({ hit }) => hit), next: found.length > limit && last ? last.position : null };
}

function saidIn({ record, events }: Searchable): SearchHit[] {
  const texts = new SaidTexts();
  const effects = events.map((event) => texts.take(event));
  const takenBack = new Set(effects.flatMap((effect) => effect.takenBack));
  const said = effects.flatMap((effect) => effect.said);
  const passages = [
    ...said.filter(({ blockId }) => blockId === null || !takenBack.has(blockId)).flatMap(passagesOf),
    ...(record.title === null ? [] : [titlePassage(record.title, record.updatedAt)]),
  ];
  return passages.map(({ seq, kind, timestamp, content }) => ({
    ...{
      sessionId: record.id,
      title: record.title,
      isArchived: record.isArchived,
      seq,
      kind,
      timestamp,
      content,
    },
  }));
}
