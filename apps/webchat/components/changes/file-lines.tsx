'use client';
import type { ChangedFile } from '@hotplex/client-sdk';
import { useFetched } from '../../lib/use-fetched.ts';
import { useWebChat } from '../web-chat-context.tsx';
import { useOpenChanges } from './changes-context.tsx';
import { FetchedLines } from './fetched-lines.tsx';
import { TextLines } from './text-lines.tsx';

/** A file as it is now. */
export function FileLines({ file: { path, sha256 } }: { file: ChangedFile }) {
  const { changedFiles } = useWebChat();
  const { sessionId } = useOpenChanges();
  const fetched = useFetched(
    (signal) => changedFiles.content(sessionId, path, { signal }),
    `${sessionId} ${path} ${sha256}`,
  );
  const text = fetched.value?.text;
  return (
    <FetchedLines fetched={fetched} isText={text !== null}>
      {text && <TextLines path={path} text={text} />}
    </FetchedLines>
  );
}
