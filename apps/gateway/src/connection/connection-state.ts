import type { Identity } from '../auth/identity.ts';
import type { Timer } from '../ground/clock.ts';
import type { Session } from '../session/session.ts';
import type { LogFollower } from './log-follower.ts';

/** Where a connection is in its life; each state has only the data that exists in it. */
export type ConnectionState =
  | { status: 'awaiting-init'; deadline: Timer }
  | { status: 'settling' }
  | {
      status: 'ready';
      identity: Identity;
      session: Session;
      follower: LogFollower;
      role: 'driver' | 'viewer';
    }
  | { status: 'closed' };
