import type { AepError } from './aep-error.ts';

/** Where the client's connection is; each state has only what exists in it. */
export type ConnectionState =
  | { status: 'idle' }
  | { status: 'connecting' }
  | { status: 'ready' }
  | { status: 'reconnecting'; attempt: number; retryAt: number; cause: AepError | null }
  | { status: 'closed'; cause: AepError | null };
