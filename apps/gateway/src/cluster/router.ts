import type { Duplex } from 'node:stream';
import { GatewayError } from '../ground/gateway-error.ts';

/** Where a session is worked for: here, or at that life of another node. */
export type SessionPlace = 'here' | { life: string };

/** Which node works for a session, and the way there. */
export interface Router {
  /**
   * Where this session is worked for. One that nobody works for is taken up here first, if this node may have it; what is
   * no session's id is here. Throws GatewayError.
   */
  place(sessionId: string): Promise<SessionPlace>;
  /** A byte stream to another node, which answers on it as an HTTP server. Throws RECONNECT_REQUIRED if it is gone. */
  connect(life: string): Promise<Duplex>;
}

/** Of a gateway that is alone: everything is here. */
export const localRouter: Router = {
  place: async () => 'here',
  connect: async (life) => {
    throw new GatewayError('RECONNECT_REQUIRED', `there is no node ${life}: this gateway is alone`);
  },
};
