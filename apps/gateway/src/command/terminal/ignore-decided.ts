import { AepError } from '@hotplex/client-sdk';

/** Of an answer that failed: undefined if somebody else was first or the turn is over. Throws all the rest again. */
export function ignoreDecided(error: unknown): undefined {
  if (error instanceof AepError && error.code === 'ALREADY_RESOLVED') return undefined;
  if (error instanceof Error && error.name === 'AbortError') return undefined;
  throw error;
}
