import type { Identity } from '../../auth/identity.ts';
import type { Ids } from '../../ground/ids.ts';
import type { Audience } from '../../session/audience.ts';
import type { SessionRegistry } from '../../session/session-registry.ts';
import type { StreamApiOptions } from '../stream-api.ts';
import type { SurroundingsOptions } from './surroundings.ts';

/** What one client may have and send, shared with its sockets (rule B4). */
type SharedLimits = {
  connect(identity: Identity): () => void;
  takeInput(identity: Identity): { retryAfterMs: number } | undefined;
};

/** What the routes for OpenCode’s clients need. */
export type OpenCodeOptions = StreamApiOptions &
  SurroundingsOptions & {
    sessions: SessionRegistry;
    audience: Audience;
    limits: SharedLimits;
    ids: Ids;
  };
