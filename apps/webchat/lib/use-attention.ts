'use client';
import type { SessionSummary } from '@hotplex/client-sdk';
import { useEffect, useRef } from 'react';
import { useWebChat } from '../components/web-chat-context.tsx';
import { isLookedAt } from './is-looked-at.ts';
import { selectSession } from './selected-session.ts';
import { newsBetween } from './session-news.ts';
import { useLanguage, useTexts } from './texts/use-texts.ts';
import { useObservable } from './use-observable.ts';

/** Notes what the user looks at, and calls them when they look elsewhere. */
export function useAttention(selected: string | null): void {
  const texts = useTexts();
  const language = useLanguage();
  const { sessions, archive, seen, notifications, sound, push } = useWebChat();
  const { status, sessions: list } = useObservable(sessions.state);
  const { sessions: putAway } = useObservable(archive.state);
  const before = useRef<readonly SessionSummary[]>(undefined);

  useEffect(() => {
    void push.refresh(language);
    const onMessage = ({ data }: MessageEvent<{ type?: string; sessionId?: string }>) => {
      if (data.type === 'open-session' && data.sessionId !== undefined) selectSession(data.sessionId);
    };
    navigator.serviceWorker?.addEventListener('message', onMessage);
    return () => navigator.serviceWorker?.removeEventListener('message', onMessage);
  }, [push, language]);

  useEffect(() => {
    if (status !== 'ready') return;
    seen.begin(list);
    const look = () => {
      const session = [...list, ...putAway].find(({ id }) => id === selected);
      if (session && isLookedAt()) seen.see(session);
    };
    look();
    addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [seen, status, list, putAway, selected]);

  useEffect(() => {
    if (status !== 'ready') return;
    const news = newsBetween(before.current ?? list, list);
    before.current = list;
    if (news.length === 0 || isLookedAt()) return;
    sound.play();
    for (const { session, kind } of news) {
      notifications.show({
        title: session.title ?? texts.sessions.untitled,
        body: texts.attention[kind],
        tag: session.id,
        onClick: () => selectSession(session.id),
      });
    }
  }, [notifications, sound, status, list, texts]);
}
