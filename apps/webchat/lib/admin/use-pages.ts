'use client';
import { useState } from 'react';
import { type Report, useReport } from './use-report.ts';

type Page = { next_cursor: string | null };
type Asked = { path: string; query: Readonly<Record<string, string | undefined>>; everyMs?: number };

/** A list that goes on: the page that is shown, and the ways to the next one and back to the first. */
export function usePages<P extends Page>({
  query,
  ...asked
}: Asked): Report<P> & {
  isFirst: boolean;
  toNext: () => void;
  toFirst: () => void;
} {
  const key = JSON.stringify(query);
  const [place, setPlace] = useState<{ key: string; cursor: string }>();
  // Of another question the place means nothing.
  const cursor = place?.key === key ? place.cursor : undefined;
  const report = useReport<P>({ ...asked, query: { ...query, cursor } });
  const next = report.value?.next_cursor;
  return {
    ...report,
    isFirst: cursor === undefined,
    toNext: () => next && setPlace({ key, cursor: next }),
    toFirst: () => setPlace(undefined),
  };
}
