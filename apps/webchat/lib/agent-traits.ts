import type { AgentSummary } from '@hotplex/client-sdk';
import type { Texts } from './texts/en.ts';

/** What an agent cannot do that others can, in words; an agent that can do everything has no traits. */
export function agentTraits(
  { capabilities }: Pick<AgentSummary, 'capabilities'>,
  texts: Texts['newSession']['traits'],
): string[] {
  if (!capabilities) return [];
  return [
    capabilities.process === 'per_turn' ? texts.perTurn : undefined,
    capabilities.supports_delta === false ? texts.noStreaming : undefined,
    capabilities.supports_permission === false ? texts.noPermission : undefined,
    capabilities.supports_resume === false ? texts.noMemory : undefined,
    capabilities.interrupt === false ? texts.noStop : undefined,
  ].filter((trait) => trait !== undefined);
}

/** Agents in the order they are offered: real ones, the demo, and at the end those that are not installed. */
export function inOrder<Agent extends Pick<AgentSummary, 'available' | 'type'>>(
  agents: readonly Agent[],
): Agent[] {
  const rank = ({ available, type }: Agent) => (available ? (type === 'demo' ? 1 : 0) : 2);
  return [...agents].sort((a, b) => rank(a) - rank(b));
}
