import type { SearchHit, SessionsApi } from '@hotplex/client-sdk';
import { createObservable, type Observable } from './observable.ts';

export type SearchState = {
  status: 'searching' | 'ready' | 'failed';
  /** What was asked; the hits may still be those of the words before. */
  query: string;
  hits: readonly SearchHit[];
  more: boolean;
};

/** A search in everything that was said, as it is typed. */
export type Search = {
  /** What is in the field, wherever it is shown. */
  text: Observable<string>;
  /** Undefined while nothing is looked for. */
  state: Observable<SearchState | undefined>;
  /** Looks for other words, once nobody has typed for a moment. */
  ask: (query: string) => void;
  showMore: () => Promise<void>;
};

type Options = {
  api: Pick<SessionsApi, 'search'>;
  /** Runs work later; returns what calls it off. */
  later: (work: () => void) => () => void;
};

/** Pages of the gateway may be empty and have a next one; so many are looked at for one answer. */
const mostEmptyPages = 5;

export function createSearch({ api, later }: Options): Search {
  const state = createObservable<SearchState | undefined>(undefined);
  const typed = createObservable('');
  let cursor: string | null = null;
  let callOff: (() => void) | undefined;

  const load = async (query: string, known: readonly SearchHit[]) => {
    const isCurrent = () => state.get()?.query === query;
    try {
      const found: SearchHit[] = [];
      for (let pages = 0; pages < mostEmptyPages && found.length === 0; pages += 1) {
        const page = await api.search(query, cursor === null ? {} : { cursor });
        if (!isCurrent()) return;
        found.push(...page.hits);
        cursor = page.nextCursor;
        if (cursor === null) break;
      }
      state.set({ status: 'ready', query, hits: [...known, ...found], more: cursor !== null });
    } catch {
      if (isCurrent()) state.set({ status: 'failed', query, hits: known, more: false });
    }
  };

  return {
    state,
    text: typed,
    ask: (text) => {
      typed.set(text);
      const query = text.trim();
      if (query === (state.get()?.query ?? '')) return;
      callOff?.();
      const hits = state.get()?.hits ?? [];
      state.set(query === '' ? undefined : { status: 'searching', query, hits, more: false });
      if (query === '') return;
      callOff = later(() => {
        cursor = null;
        void load(query, []);
      });
    },
    showMore: async () => {
      const current = state.get();
      if (current?.status === 'ready' && current.more) await load(current.query, current.hits);
    },
  };
}
