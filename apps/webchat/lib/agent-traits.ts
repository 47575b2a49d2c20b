import type { AgentSummary } from '@hotplex/client-sdk';
import type { Texts } from './texts/en.ts';

type Agent = Pick<AgentSummary, 'capabilities' | 'version' | 'tested'>;

/** What an agent cannot do that others can, and a version nobody tried, in words; most agents have no traits. */
export function agentTraits(
  { capabilities = {}, version, tested }: Agent,
  texts: Texts['newSession']['traits'],
): string[] {
  return [
    capabilities.process === 'per_turn' ? texts.perTurn : undefined,
    capabilities.supports_delta === false ? texts.noStreaming : undefined,
    capabilities.supports_permission === false ? texts.noPermission : undefined,
    capabilities.supports_resume === false ? texts.noMemory : undefined,
    capabilities.interrupt === false ? texts.noStop : undefined,
    version && tested && version !== tested ? texts.untested(tested) : undefined,
  ].filter((trait) => trait !== undefined);
}

/** Agents in the order they are offered: real ones, the demo, and at the end those that are not installed. */
export function inOrder<Listed extends Pick<AgentSummary, 'available' | 'type'>>(
  agents: readonly Listed[],
): Listed[] {
  const rank = ({ available, type }: Listed) => (available ? (type === 'demo' ? 1 : 0) : 2);
  return [...agents].sort((a, b) => rank(a) - rank(b));
}
