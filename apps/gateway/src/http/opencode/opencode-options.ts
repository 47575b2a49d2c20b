import type { Identity } from '../../auth/identity.ts';
import type { Ids } from '../../ground/ids.ts';
import type { Audience } from '../../session/audience.ts';
import type { SessionRegistry } from '../../session/session-registry.ts';
import type { ToldSessions } from '../../session/told-sessions.ts';
import type { StreamApiOptions } from '../stream-api.ts';
import type { SurroundingsOptions } from './surroundings.ts';

type Excess = { retryAfterMs: number };

/** What one client may have and send, shared with its sockets (rule B4). */
export type SharedLimits = {
  connect(identity: Identity): () => void;
  takeFrame(identity: Identity, what: string): Excess | undefined;
  takeInput(identity: Identity): Excess | undefined;
};

/** What the routes for OpenCode’s clients need. */
export type OpenCodeOptions = StreamApiOptions &
  SurroundingsOptions & {
    sessions: SessionRegistry;
    audience: Audience;
    told: ToldSessions;
    limits: SharedLimits;
    ids: Ids;
  };
