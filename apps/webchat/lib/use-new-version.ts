'use client';
import { useEffect } from 'react';
import { toast } from 'sonner';
import { isOutdated } from './is-outdated.ts';
import { useTexts } from './texts/use-texts.ts';

/** A gateway is not replaced more often than somebody wants to be told of it. */
const leastMs = 60_000;
const usualMs = 10 * leastMs;
const toastId = 'new-version';

/** Scripts of ours that the page came with; what was loaded later is in no page. */
const ownScripts = [
  ...(typeof document === 'undefined'
    ? []
    : document.querySelectorAll<HTMLScriptElement>('head script[src]')),
].map(({ src }) => new URL(src).pathname);

/** Says when the gateway has a newer page, now and then, and whenever somebody comes back to this one. */
export function useNewVersion(): void {
  const texts = useTexts();
  useEffect(() => {
    if (process.env.NODE_ENV !== 'production') return;
    let lookedAt = performance.now();
    const look = async () => {
      if (document.visibilityState !== 'visible' || performance.now() - lookedAt < leastMs) return;
      lookedAt = performance.now();
      if (!(await isOutdated(ownScripts, () => fetch('/', { cache: 'no-cache' })))) return;
      toast(texts.newVersion.title, {
        id: toastId,
        duration: Number.POSITIVE_INFINITY,
        action: { label: texts.newVersion.reload, onClick: () => location.reload() },
      });
    };
    const onLook = () => void look();
    const timer = setInterval(onLook, usualMs);
    document.addEventListener('visibilitychange', onLook);
    addEventListener('online', onLook);
    addEventListener('focus', onLook);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onLook);
      removeEventListener('online', onLook);
      removeEventListener('focus', onLook);
    };
  }, [texts]);
}
