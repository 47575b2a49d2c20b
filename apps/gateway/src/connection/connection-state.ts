import type { Timer } from '../ground/clock.ts';
import type { Participant } from './participant.ts';
import type { Relay } from './relay.ts';

/** Where a connection is in its life; each state has only the data that exists in it. */
export type ConnectionState =
  | { status: 'awaiting-init'; deadline: Timer }
  | { status: 'settling' }
  | { status: 'ready'; participant: Participant; leave(): void }
  | { status: 'relayed'; relay: Relay; leave(): void }
  | { status: 'closed' };
