import type { WsServer } from './connection/ws-server.ts';
import type { GatewayNode } from './gateway-node.ts';
import type { Logger } from './ground/logger.ts';
import type { CurrentConfig } from './live-config.ts';
import type { SessionRegistry } from './session/session-registry.ts';

type DrainParts = {
  live: CurrentConfig;
  /** Of a cluster, if it is one. */
  node?: Pick<GatewayNode, 'leave'> | undefined;
  sessions: Pick<SessionRegistry, 'drain' | 'close'>;
  sockets: Pick<WsServer, 'sendAway'>;
  random: () => number;
  logger: Logger;
};

export type GatewayDrain = {
  /**
   * Takes no more work and sends clients away; as part of a cluster it gives its sessions to the others. Resolves when no
   * turn runs, or turns have had `withinMs` (default: as configured), or `hurry` is aborted.
   */
  begin(how: { hurry: AbortSignal; keepAgents: boolean; withinMs?: number | undefined }): Promise<void>;
  /**
   * The same for a gateway that goes on running without any work: turns that did not end in time are interrupted, and no
   * agent is kept. Resolves when none is left.
   */
  empty(withinMs: number | undefined): Promise<void>;
};

/** How a gateway gets rid of its work (rule C4). */
export function createGatewayDrain({
  live,
  node,
  sessions,
  sockets,
  random,
  logger,
}: DrainParts): GatewayDrain {
  const begin: GatewayDrain['begin'] = (how) => {
    const { hurry, keepAgents, withinMs = live.current.gateway.drain_timeout } = how;
    void node?.leave({ keepAgents });
    const drained = sessions.drain({ withinMs, hurry, keepAgents });
    sockets.sendAway(random);
    return drained;
  };
  return {
    begin,
    async empty(withinMs) {
      try {
        await begin({ hurry: new AbortController().signal, keepAgents: false, withinMs });
        await sessions.close({ keepAgents: false });
      } catch (error) {
        logger.error({ error: String(error) }, 'an agent could not be ended');
      }
    },
  };
}
