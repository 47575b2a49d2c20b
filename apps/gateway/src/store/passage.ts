import type { SaidText } from './said-text.ts';

/** Characters of a passage, and of the next one that it repeats, so that no search term is cut in two. */
const length = 4_096;
const overlap = 256;

/** The longest term that can be searched for, in UTF-16 units; it fits into what passages share. */
export const longestTerm = overlap;

/** A piece of a text that is short enough to be indexed and looked at in well under a millisecond. */
export type Passage = Omit<SaidText, 'kind' | 'text'> & {
  kind: SaidText['kind'] | 'title';
  part: number;
  content: string;
};

/** Cuts a text into passages, always in the same way. */
export function passagesOf({ text, ...place }: SaidText): Passage[] {
  const passages: Passage[] = [];
  for (let start = 0; start === 0 || start + overlap < text.length; start += length - overlap) {
    passages.push({ ...place, part: passages.length, content: text.slice(start, start + length) });
  }
  return passages;
}

/** A session’s title, which is no part of its log. */
export function titlePassage(title: string, timestamp: number): Passage {
  return { seq: 0, part: 0, kind: 'title', blockId: null, timestamp, content: title };
}
