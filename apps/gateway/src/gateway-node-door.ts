import { believeFindings } from './auth/forwarded-caller.ts';
import type { Router } from './cluster/router.ts';
import type { WsServer } from './connection/ws-server.ts';
import { GatewayError } from './ground/gateway-error.ts';
import { type Logger, logOf } from './ground/logger.ts';
import { type Api, answerApi } from './http/answer-api.ts';
import { createNodeServer } from './http/node-server.ts';
import type { SessionRegistry } from './session/session-registry.ts';

type NodeDoorParts = {
  api: Api;
  /** For clients of OpenCode; undefined: there is no such door. */
  opencode: Api | undefined;
  /** The page behind the links of hooks; undefined: there is none. */
  approve: Api | undefined;
  router: Router;
  sessions: Pick<SessionRegistry, 'requireOpen' | 'live'>;
  sockets: Pick<WsServer, 'upgrade'>;
  logger: Logger;
};

/** The way in for other nodes: what there is at the port, for callers whom they let in and whose sessions are here. */
export function openNodeDoor({ api, opencode, approve, router, sessions, sockets, logger }: NodeDoorParts) {
  return createNodeServer({
    ...{ router, logger: logOf('http', logger) },
    answer(request, response, caller) {
      const isAt = (path: string) => request.url?.startsWith(path);
      const asked = isAt('/opencode/') ? opencode : isAt('/approve') ? approve : api;
      answerApi(asked ?? api, caller)(request, response);
    },
    openSocket(request, socket, head, caller) {
      if (caller.sessionId === null)
        throw new GatewayError('PROTOCOL_VIOLATION', 'a socket is led to a session');
      // Who comes for a turn in progress may see its end, and answer what is asked in it (rule C4).
      if (!sessions.live(caller.sessionId)?.isInTurn) sessions.requireOpen();
      const { address, origin } = caller;
      const identity = caller.identity ?? undefined;
      const peer = { attempt: { address, origin }, identity, credential: undefined, settled() {} };
      sockets.upgrade({
        ...{ path: '/ws', request, socket, head },
        peer: { ...peer, vouched: believeFindings(caller) },
      });
    },
  });
}
