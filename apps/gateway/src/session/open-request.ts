import type { SessionConfig } from '@hotplex/aep-protocol';
import type { Identity } from '../auth/identity.ts';

/** Which session somebody wants to talk in. */
export type OpenRequest = {
  identity: Identity;
  workerType: string;
  /** An existing session's id or the client's own key; empty for a new conversation. */
  key: string;
  config?: SessionConfig;
  title?: string;
  /** Whether one may be made; default: yes. */
  mayCreate?: boolean;
};
