import type { SessionConfig } from '@hotplex/aep-protocol';
import type { WorkerDefinition } from '../worker/worker.ts';
import { requireAccepted } from './new-record.ts';
import { requireIsolation } from './require-isolation.ts';

/**
 * What every new session has to pass, however it comes to be: throws CONFIG_INVALID for what its agent does not take, for
 * a level of isolation that is not to be had, and for what the gateway has against it.
 */
export function requirePossible(
  config: SessionConfig,
  { definition, checkConfig }: { definition: WorkerDefinition; checkConfig(config: SessionConfig): void },
): void {
  requireAccepted(config, definition);
  requireIsolation(config, definition);
  checkConfig(config);
}
