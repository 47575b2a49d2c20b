'use client';
import { useEffect, useState } from 'react';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { useOpenChanges } from '../changes/changes-context.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useWebChat } from '../web-chat-context.tsx';
import { FileFailure } from './file-failure.tsx';

type Props = { path: string; sha256: string | null };

/** A picture of the work directory. */
export function FilePicture({ path, sha256 }: Props) {
  const texts = useTexts();
  const { api } = useWebChat();
  const { sessionId } = useOpenChanges();
  const [picture, setPicture] = useState<string>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    const abort = new AbortController();
    let url: string | undefined;
    api.fileBytes(sessionId, path, { signal: abort.signal }).then(
      (blob) => {
        url = URL.createObjectURL(blob);
        if (!abort.signal.aborted) setPicture(url);
      },
      (failure: unknown) => abort.signal.aborted || setError(failure),
    );
    return () => {
      abort.abort();
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [api, sessionId, path, sha256]);
  if (error !== undefined) return <FileFailure error={error} />;
  if (picture === undefined) return <Skeleton className="m-4 h-48" />;
  return <img src={picture} alt={texts.files.picture(path)} className="mx-auto max-w-full p-4" />;
}
