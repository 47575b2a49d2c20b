import type { InteractionResponse } from '../worker.ts';

/**
 * Whether a call that waits at a gate of ours may run. An input that a person changed cannot be handed to it, and what was
 * allowed is not what would run, so that does not.
 */
export function isAllowed(response: InteractionResponse): boolean {
  return response.kind === 'permission' && response.allowed && response.updatedInput === undefined;
}
