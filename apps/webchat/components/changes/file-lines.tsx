'use client';
import type { ChangedFile } from '@hotplex/client-sdk';
import { useMemo } from 'react';
import { useFetched } from '../../lib/use-fetched.ts';
import { useWebChat } from '../web-chat-context.tsx';
import { useOpenChanges } from './changes-context.tsx';
import { CodeLines, type CodeRow, LineNumber } from './code-lines.tsx';
import { FetchedLines } from './fetched-lines.tsx';

/** A file as it is now. */
export function FileLines({ file: { path, sha256 } }: { file: ChangedFile }) {
  const { changedFiles } = useWebChat();
  const { sessionId } = useOpenChanges();
  const fetched = useFetched(
    (signal) => changedFiles.content(sessionId, path, { signal }),
    `${sessionId} ${path} ${sha256}`,
  );
  const text = fetched.value?.text;
  const rows = useMemo(() => (text ? toRows(text) : []), [text]);
  return (
    <FetchedLines fetched={fetched} isText={text !== null}>
      <CodeLines path={path} rows={rows} columns={2} label={path} />
    </FetchedLines>
  );
}

function toRows(text: string): CodeRow[] {
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n');
  return lines.map((line, index) => ({
    ...{ key: String(index), line: index + 1, text: line, look: '' },
    cells: (
      <>
        <td className="w-0 select-none p-0 align-top">
          <LineNumber line={index + 1} isFirst={index === 0} />
        </td>
        <td className="whitespace-pre pr-3 pl-2">{line}</td>
      </>
    ),
  }));
}
