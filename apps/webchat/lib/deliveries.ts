import type { AgentSummary } from '@hotplex/client-sdk';
import type { Delivery } from './conversation.ts';

/** How a message can reach an agent in the middle of a turn. What an agent is not known to take is not offered. */
export function deliveriesOf(agent: Pick<AgentSummary, 'capabilities'> | undefined): Delivery[] {
  const { steer = false, interrupt = false } = agent?.capabilities ?? {};
  return ['queue', ...(steer ? (['steer'] as const) : []), ...(interrupt ? (['interrupt'] as const) : [])];
}
