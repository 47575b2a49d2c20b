'use client';
import { useEffect, useState } from 'react';
import { useWebChat } from '../components/web-chat-context.tsx';

/** The address of a picture of this session within this page, once it is there; 'gone' for one that was removed. */
export function useSessionPicture(
  sessionId: string,
  fileId: string | undefined,
): string | 'gone' | undefined {
  const { files } = useWebChat();
  const [picture, setPicture] = useState<string>();
  useEffect(() => {
    if (fileId === undefined) return;
    const abort = new AbortController();
    let url: string | undefined;
    files.download(sessionId, fileId, { signal: abort.signal }).then(
      (blob) => {
        url = URL.createObjectURL(blob);
        if (!abort.signal.aborted) setPicture(url);
      },
      () => abort.signal.aborted || setPicture('gone'),
    );
    return () => {
      abort.abort();
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [files, sessionId, fileId]);
  return picture;
}
