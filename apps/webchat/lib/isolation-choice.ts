import type { IsolationLevel } from '@hotplex/aep-protocol';
import type { AgentSummary } from '@hotplex/client-sdk';

/** The level to ask for; undefined for the gateway's own, also where another agent could do with the one that was wished. */
export function isolationChoice(
  isolation: AgentSummary['isolation'],
  wished: string,
): IsolationLevel | undefined {
  const offer = isolation?.levels.find(({ level, available }) => available && level === wished);
  return offer?.level === isolation?.default ? undefined : offer?.level;
}
