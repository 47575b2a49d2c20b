'use client';
import type { WorkDirPath } from '@hotplex/client-sdk';
import { useEffect, useMemo, useState } from 'react';
import { useWebChat } from '../components/web-chat-context.tsx';

const typingPauseMs = 80;
const none: readonly WorkDirPath[] = [];

/** Files and folders of a session's work dir with these letters in their path; until they are answered, those known that have them. */
export function useWorkDirPaths(sessionId: string, typed: string | undefined): readonly WorkDirPath[] {
  const { api } = useWebChat();
  const [paths, setPaths] = useState(none);
  useEffect(() => {
    if (typed === undefined) {
      setPaths(none);
      return;
    }
    const abort = new AbortController();
    const ask = () =>
      api.paths(sessionId, typed, { signal: abort.signal }).then(
        (found) => abort.signal.aborted || setPaths(found),
        // Who may not look, or is offline, types the name himself.
        () => abort.signal.aborted || setPaths(none),
      );
    const timer = setTimeout(ask, typingPauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, sessionId, typed]);
  return useMemo(() => {
    const parts = typed?.toLowerCase().split('/') ?? [];
    return paths.filter(({ path }) => parts.every((part) => path.toLowerCase().includes(part)));
  }, [paths, typed]);
}
