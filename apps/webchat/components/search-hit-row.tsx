'use client';
import type { SearchHit } from '@hotplex/client-sdk';
import { Archive } from 'lucide-react';
import { formatAgo } from '../lib/format-ago.ts';
import { plainSnippet } from '../lib/plain-snippet.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { HighlightedText } from './highlighted-text.tsx';

type Props = { hit: SearchHit; now: number; onOpen: () => void };

/** A place where the words are: in which session, who said it, and what stands around. */
export function SearchHitRow({ hit, now, onOpen }: Props) {
  const texts = useTexts();
  const author = { prompt: texts.conversation.you, message: texts.conversation.agent, title: undefined }[
    hit.kind
  ];
  const said = plainSnippet(hit.snippet, hit.highlights);
  const title = hit.title ?? texts.sessions.untitled;
  return (
    <li>
      <button
        type="button"
        onClick={onOpen}
        data-testid="search-hit"
        className="flex w-full flex-col gap-0.5 rounded-lg px-2 py-2 text-left hover:bg-accent"
      >
        <span className="flex w-full items-baseline gap-2">
          <span className="min-w-0 truncate text-sm">
            {hit.kind === 'title' ? <HighlightedText text={hit.snippet} places={hit.highlights} /> : title}
          </span>
          <span className="ml-auto shrink-0 text-muted-foreground text-xs">
            {formatAgo(now - hit.timestamp, texts.time)}
          </span>
        </span>
        {hit.archived && (
          <span className="flex items-center gap-1 text-muted-foreground text-xs">
            <Archive aria-hidden className="size-3" />
            {texts.sessions.archived}
          </span>
        )}
        {author !== undefined && (
          <span className="line-clamp-3 w-full break-words text-muted-foreground text-xs leading-relaxed">
            {texts.labelled(author)}
            <HighlightedText text={said.text} places={said.places} />
          </span>
        )}
      </button>
    </li>
  );
}
