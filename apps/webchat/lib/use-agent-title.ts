'use client';
import { useTexts } from './texts/use-texts.ts';
import { useAgents } from './use-agents.ts';

/** An agent's name for people, as far as the gateway has told it; else its type. */
export function useAgentTitle(): (type: string) => string {
  const agentOf = useAgents();
  const { newSession } = useTexts();
  return (type) => newSession.agentTitle(type, agentOf(type)?.title ?? type);
}
