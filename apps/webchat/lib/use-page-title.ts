'use client';
import { useEffect } from 'react';
import { useWebChat } from '../components/web-chat-context.tsx';
import { sessionMood } from './session-mood.ts';
import { useTexts } from './texts/use-texts.ts';
import { useObservable } from './use-observable.ts';

/** Sets the title of the page; before it stands how many sessions have something for the user. */
export function usePageTitle(title?: string): void {
  const texts = useTexts();
  const { sessions, seen } = useWebChat();
  const { sessions: list } = useObservable(sessions.state);
  const counts = useObservable(seen.state);
  const moods = list.map((session) => sessionMood(session, counts));
  const waiting = moods.filter((mood) => mood === 'waiting' || mood === 'unread').length;
  useEffect(() => {
    const words = title === undefined ? texts.appName : `${title} · ${texts.appName}`;
    document.title = waiting === 0 ? words : `(${waiting}) ${words}`;
  }, [title, waiting, texts]);
}
