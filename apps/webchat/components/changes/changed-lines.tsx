'use client';
import type { ChangedFile } from '@hotplex/client-sdk';
import { useMemo } from 'react';
import { diffPairs } from '../../lib/diff-pairs.ts';
import { diffRows } from '../../lib/diff-rows.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { useColours } from '../../lib/use-colours.ts';
import { useFetched } from '../../lib/use-fetched.ts';
import { useWebChat } from '../web-chat-context.tsx';
import { useOpenChanges } from './changes-context.tsx';
import { CodeLines } from './code-lines.tsx';
import { FetchedLines } from './fetched-lines.tsx';
import { splitRows } from './split-rows.tsx';
import { unifiedRows } from './unified-rows.tsx';

type Props = { file: ChangedFile; split: boolean };

/** What changed in a file, line by line. */
export function ChangedLines({ file: { path, sha256 }, split }: Props) {
  const texts = useTexts();
  const { changedFiles } = useWebChat();
  const { sessionId, since } = useOpenChanges();
  const fetched = useFetched(
    (signal) => changedFiles.diff(sessionId, path, { since, signal }),
    `${sessionId} ${since} ${path} ${sha256}`,
  );
  const sides = fetched.value?.sides;
  const before = useColours(path, sides?.before);
  const after = useColours(path, sides?.after);
  const found = useMemo(() => (sides ? diffRows(sides.before, sides.after ?? '').rows : []), [sides]);
  const rows = useMemo(() => {
    const colours = { before, after };
    return split ? splitRows(diffPairs(found), { texts, colours }) : unifiedRows(found, { texts, colours });
  }, [found, split, texts, before, after]);
  return (
    <FetchedLines fetched={fetched} isText={sides !== null}>
      <CodeLines path={path} rows={rows} columns={4} label={path} />
    </FetchedLines>
  );
}
