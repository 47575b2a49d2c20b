'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useAdminApi } from '../../components/admin/admin-context.tsx';

/** What was asked for; while it is asked for anew, the last answer stays. */
export type Report<T> = { value: T | undefined; error: unknown; refresh: () => void };

type Asked = {
  path: string;
  query?: Readonly<Record<string, string | undefined>>;
  /** How often it is asked for again while somebody looks, milliseconds; default: only when told to. */
  everyMs?: number;
};

/** Asks the gateway for a report of operators, and again when the question is another one. */
export function useReport<T>({ path, query = {}, everyMs }: Asked): Report<T> {
  const api = useAdminApi();
  const key = JSON.stringify([path, query]);
  const [state, setState] = useState<{ key: string; value: T | undefined; error: unknown }>();
  const [round, setRound] = useState(0);
  const refresh = useCallback(() => setRound((before) => before + 1), []);
  const isAsking = useRef(false);
  useEffect(() => {
    const controller = new AbortController();
    const [asked, parameters] = JSON.parse(key) as [string, Record<string, string>];
    const take = (answer: { value: T } | { error: unknown }) => {
      if (controller.signal.aborted) return;
      isAsking.current = false;
      setState((before) => ({
        key,
        value: before?.key === key ? before.value : undefined,
        error: undefined,
        ...answer,
      }));
    };
    isAsking.current = true;
    api.get<T>(asked, parameters, controller.signal).then(
      (value) => take({ value }),
      (error: unknown) => take({ error }),
    );
    return () => controller.abort();
    // NOTE: `round` is no part of the question; it asks the same once more.
  }, [api, key, round]);
  useEffect(() => {
    if (everyMs === undefined) return;
    const look = () => {
      // A slow answer is waited for, not asked for anew.
      if (document.visibilityState === 'visible' && !isAsking.current) refresh();
    };
    const timer = setInterval(look, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, refresh]);
  return { value: state?.value, error: state?.error, refresh };
}
