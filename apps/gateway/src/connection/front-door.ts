import type { Credential } from '../auth/identity.ts';
import type { Peer } from './connection.ts';
import type { Socket } from './socket.ts';

/** Who is at the other end of a socket of another protocol. */
export type Visitor = Peer & {
  socket: Socket;
  /** From the request's headers, and good; without it the first frame has to bring one (rule H2). */
  credential: Credential | undefined;
};

/** One end of a socket: what it says goes in here. */
export interface Line {
  /** A text frame came in. */
  receive(text: string): void;
  /** The gateway is stopping. */
  leave(reason: string): void;
  /** The socket is gone. */
  closed(): void;
}

/**
 * A protocol that is not AEP, at a path of its own. Behind it stands a client of ours that speaks AEP with the gateway:
 * nothing gets in here that would not get in at `/ws`.
 */
export type FrontDoor = (visitor: Visitor) => Line;
