'use client';
import { useWebChat } from '../components/web-chat-context.tsx';
import { useObservable } from './use-observable.ts';

/** An agent's name for people, as far as the gateway has told it; else its type. */
export function useAgentTitle(): (type: string) => string {
  const { list } = useObservable(useWebChat().agents.state);
  return (type) => list?.agents.find((agent) => agent.type === type)?.title ?? type;
}
