import type { SessionConfig } from '@hotplex/aep-protocol';
import { GatewayError } from '../ground/gateway-error.ts';
import type { WorkerDefinition } from '../worker/worker.ts';

/** Throws CONFIG_INVALID for a level that the operator, the agent or the machine has something against. */
export function requireIsolation(
  { isolation: chosen }: SessionConfig,
  { title, isolation = 'none', isolations = [] }: WorkerDefinition,
): void {
  if (chosen === undefined || chosen === isolation) return;
  const refused = isolations.find(({ level }) => level === chosen)?.refused;
  if (!refused) return;
  const possible = isolations.filter((choice) => !choice.refused).map(({ level }) => level);
  throw new GatewayError(
    'CONFIG_INVALID',
    `config.isolation ${chosen} is not possible with ${title}: ${refused.reason}; leave it out, or choose one of ${possible.join(', ')}`,
    { details: { field: 'isolation', problem: refused.problem, possible } },
  );
}
