/** What a search looks for: all of these in one passage, in lower case. */
export type SearchTerms = readonly string[];

/** Trigrams asked of the index for one term; more would not narrow it further, the passage is looked at anyway. */
const mostTrigrams = 8;

export function searchTerms(query: string): SearchTerms {
  return [...new Set(query.toLowerCase().split(/\s+/).filter(Boolean))];
}

export function containsAll(content: string, terms: SearchTerms): boolean {
  const text = content.toLowerCase();
  return terms.every((term) => text.includes(term));
}

/**
 * The question to the index, in the syntax of https://www.sqlite.org/fts5.html#full_text_query_syntax. Undefined if no
 * term has three characters: such words, most of Chinese among them, have no trigram and are looked for one by one.
 */
export function indexQuery(terms: SearchTerms): string | undefined {
  const trigrams = new Set(terms.flatMap(trigramsOf));
  if (trigrams.size === 0) return undefined;
  return [...trigrams].map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(' AND ');
}

function trigramsOf(term: string): string[] {
  const characters = [...term];
  const all = characters.slice(2).map((_, index) => characters.slice(index, index + 3).join(''));
  const step = Math.max(1, Math.floor(all.length / mostTrigrams));
  return all.filter((_, index) => index % step === 0);
}
