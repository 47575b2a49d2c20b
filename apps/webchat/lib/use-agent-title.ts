'use client';
import { useAgents } from './use-agents.ts';

/** An agent's name for people, as far as the gateway has told it; else its type. */
export function useAgentTitle(): (type: string) => string {
  const agentOf = useAgents();
  return (type) => agentOf(type)?.title ?? type;
}
