import type { MiddlewareHandler } from 'hono';
import { GatewayError } from '../../ground/gateway-error.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { askPeer } from './ask-peer.ts';
import type { Peers } from './peers.ts';

/**
 * Has the node that an operator names answer in place of this one. Stands behind `audited` and `permitted`: it is taken down
 * here. Throws INVALID_MESSAGE where no node has that name, and RECONNECT_REQUIRED if it does not answer.
 */
export function atNamedNode(peers: Peers): MiddlewareHandler<ApiEnvironment> {
  return async (c, next) => {
    const name = c.req.query('node');
    if (c.env.caller || name === undefined || name === peers.self.name) return next();
    const peer = peers.others().find((other) => other.name === name);
    if (!peer)
      throw new GatewayError(
        'INVALID_MESSAGE',
        'node: no node that is up has this name: GET /admin/nodes lists them',
      );
    c.set('askedNode', name);
    // The audit log wants it, too, after it was sent on.
    if (c.req.method === 'POST') await c.req.text();
    return askPeer(c, peer, peers);
  };
}
