'use client';
import type { SearchHit } from '@hotplex/client-sdk';
import type { SearchState } from '../lib/search.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useNow } from '../lib/use-now.ts';
import { SearchHitRow } from './search-hit-row.tsx';
import { Button } from './ui/button.tsx';

type Props = { search: SearchState; onOpen: (hit: SearchHit) => void; onMore: () => void };

const minute = 60_000;

/** What was found, newest first. */
export function SearchResults({ search, onOpen, onMore }: Props) {
  const texts = useTexts();
  const now = useNow(minute);
  const { status, hits, more } = search;
  const words = {
    searching: hits.length === 0 ? texts.search.searching : '',
    failed: texts.search.failed,
    ready: hits.length === 0 ? texts.search.none : '',
  }[status];
  return (
    <div
      aria-busy={status === 'searching'}
      data-testid="search-results"
      className="relative flex min-h-0 flex-1 flex-col overflow-y-auto px-2 pb-3"
    >
      <p role="status" className={words === '' ? 'sr-only' : 'px-2 py-3 text-muted-foreground text-sm'}>
        {words || texts.search.found(hits.length)}
      </p>
      <ul className="flex flex-col gap-0.5">
        {hits.map((hit) => (
          <SearchHitRow
            key={`${hit.session_id} ${hit.kind} ${hit.seq}`}
            hit={hit}
            now={now}
            onOpen={() => onOpen(hit)}
          />
        ))}
      </ul>
      {more && (
        <Button tone="quiet" size="small" className="mt-2 self-center" onClick={onMore}>
          {texts.sessions.more}
        </Button>
      )}
    </div>
  );
}
