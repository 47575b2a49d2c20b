import type { SearchTerms } from '../search-terms.ts';

/** As in the column `signature` of `passages`. A passage of prose sets a third of them, a short one a tenth. */
const bits = 4_096;
/** Of what a term has more, so many narrow the search enough. */
const mostOfTerm = 16;

/**
 * Which pieces of one, two and three characters a text has, as a string of `0` and `1`: each piece sets one bit, and may
 * share it with others. A text whose signature lacks a bit of a term's signature does not have the term.
 */
export function signatureOf(content: string): string {
  const text = content.toLowerCase();
  const signature = new Uint8Array(bits);
  for (let at = 0; at < text.length; at += 1) {
    for (let length = 1; length <= 3 && at + length <= text.length; length += 1)
      set(signature, text, at, length);
  }
  return written(signature);
}

/** What the signature of a passage with all of these terms has at least. */
export function signatureOfTerms(terms: SearchTerms): string {
  const signature = new Uint8Array(bits);
  for (const term of terms) {
    const length = Math.min(3, term.length);
    const pieces = term.length - length + 1;
    const step = Math.max(1, Math.floor(pieces / mostOfTerm));
    for (let at = 0; at < pieces; at += step) set(signature, term, at, length);
  }
  return written(signature);
}

/** NOTE: FNV-1a, https://datatracker.ietf.org/doc/html/draft-eastlake-fnv, over UTF-16 units; stored, so it must stay. */
function set(signature: Uint8Array, text: string, at: number, length: number): void {
  let hash = 0x811c9dc5;
  for (let index = at; index < at + length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  signature[((hash >>> 16) ^ hash) & (bits - 1)] = 1;
}

const written = (signature: Uint8Array) => signature.join('');
