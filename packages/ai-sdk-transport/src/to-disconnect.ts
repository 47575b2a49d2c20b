import { AepError } from '@hotplex/client-sdk';

/** The AI SDK resumes after a TypeError that speaks of the network; every other error is final. */
export function toDisconnect(error: unknown): unknown {
  if (!(error instanceof AepError) || error.code !== 'CONNECTION_LOST') return error;
  return new TypeError(`network: ${error.message}`, { cause: error });
}
