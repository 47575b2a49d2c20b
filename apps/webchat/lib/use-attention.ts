'use client';
import type { SessionSummary } from '@hotplex/client-sdk';
import { useEffect, useRef } from 'react';
import { useWebChat } from '../components/web-chat-context.tsx';
import { isLookedAt } from './is-looked-at.ts';
import { selectSession } from './selected-session.ts';
import { newsBetween } from './session-news.ts';
import { useLanguage, useTexts } from './texts/use-texts.ts';
import { useObservable } from './use-observable.ts';

/** Calls the user to what happens while they look elsewhere. */
export function useAttention(): void {
  const texts = useTexts();
  const language = useLanguage();
  const { sessions, seen, notifications, sound, push } = useWebChat();
  const { status, sessions: list } = useObservable(sessions.state);
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
    if (status === 'ready') seen.begin(list);
  }, [seen, status, list]);

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
