import type { Identity } from '../auth/identity.ts';

/** What every authenticated route can read: who is asking. */
export type ApiEnvironment = { Variables: { identity: Identity } };
