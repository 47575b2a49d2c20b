'use client';
import { useEffect } from 'react';
import { useWebChat } from '../components/web-chat-context.tsx';
import type { Conversation } from './conversation.ts';
import { isLookedAt } from './is-looked-at.ts';
import { useObservablePart } from './use-observable.ts';

/**
 * Notes how many turns of a conversation somebody has before them. The conversation knows it as soon as a turn ends; the list
 * of sessions learns it later, when they may have left.
 */
export function useSeeTurns({ id, session, facts }: Conversation): void {
  const { seen } = useWebChat();
  const totals = useObservablePart(facts, 'totals');
  const turns = Math.max(session.totals.turn_count, totals?.turn_count ?? 0);
  useEffect(() => {
    const look = () => {
      if (isLookedAt()) seen.see(id, turns);
    };
    look();
    addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [seen, id, turns]);
}
