'use client';
import { useEffect, useRef, useState } from 'react';

/** Something that was asked for; while it is asked for anew, the last answer stays. */
export type Fetched<T> = { value: T | undefined; error: unknown };

/** Asks for something whenever `key` is another one, and gives up what is no longer wanted. */
export function useFetched<T>(ask: (signal: AbortSignal) => Promise<T>, key: string): Fetched<T> {
  const [fetched, setFetched] = useState<Fetched<T>>({ value: undefined, error: undefined });
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    const controller = new AbortController();
    latest.current(controller.signal).then(
      (value) => setFetched({ value, error: undefined }),
      (error: unknown) => controller.signal.aborted || setFetched({ value: undefined, error }),
    );
    return () => controller.abort();
  }, [key]);
  return fetched;
}
