import type { Authenticate } from './auth/identity.ts';
import { createRequestGuard } from './auth/request-guard.ts';
import { WaitingRoom } from './auth/waiting-room.ts';
import type { Config } from './config-schema.ts';
import type { WsServer } from './connection/ws-server.ts';
import { openGatewayCertificate } from './gateway-certificate.ts';
import { Visits } from './gateway-visits.ts';
import type { Clock } from './ground/clock.ts';
import { type Logger, logOf } from './ground/logger.ts';
import type { Api } from './http/answer-api.ts';
import { answerPublic } from './http/answer-public.ts';
import { answerCrossOrigin } from './http/cross-origin.ts';
import { createHttpServer, type HttpServer } from './http/http-server.ts';
import { createOpenSocket } from './http/open-socket.ts';
import { docsSite } from './http/site.ts';
import { createStaticFiles } from './http/static-files.ts';
import { splitAddress, toUrl } from './listen-address.ts';
import type { SessionRegistry } from './session/session-registry.ts';

type ListenerParts = {
  config: Config;
  api: Api;
  /** For clients of OpenCode; undefined: there is no such door. */
  opencode: Api | undefined;
  /** The page behind the links that hooks send along; undefined: none does. */
  approve: Api | undefined;
  authenticate: Authenticate;
  sessions: Pick<SessionRegistry, 'requireOpen'>;
  sockets: Pick<WsServer, 'isPath' | 'upgrade'>;
  /** The web chat's export; undefined serves none. */
  webchatDir: string | undefined;
  /** The documentation's site; undefined says that it is not built. */
  docsDir: string | undefined;
  clock: Clock;
  logger: Logger;
};

/** The gateway's port, open. */
export type GatewayListener = { url: string; port: number } & Pick<HttpServer, 'close'> &
  Pick<Visits, 'unusedMs'>;

/** Opens the gateway's port, with the API, the pages and the sockets behind it. Throws StartError. */
export async function openGatewayListener({
  config,
  api,
  opencode,
  approve,
  authenticate,
  sessions,
  sockets,
  webchatDir,
  docsDir,
  clock,
  logger,
}: ListenerParts): Promise<GatewayListener> {
  const { gateway, limits, security, uploads, webchat } = config;
  const { api_key_header: apiKeyHeader } = security;
  const webchatOrigins = webchat.url === undefined ? [] : [new URL(webchat.url).origin];
  const origins = [...webchatOrigins, ...security.allowed_origins];
  const certificate = openGatewayCertificate(config, { clock, logger });
  const scheme = certificate ? 'https' : 'http';
  const visits = new Visits(clock);
  const httpLogger = logOf('http', logger);
  const answer = answerCrossOrigin({
    ...{ origins, apiKeyHeader },
    answer: answerPublic({
      ...{ api, opencode, approve },
      webchat: createStaticFiles(webchatDir),
      docs: createStaticFiles(docsDir, docsSite),
    }),
  });
  const openSocket = createOpenSocket({
    ...{ authenticate, apiKeyHeader },
    waitingRoom: new WaitingRoom(clock, {
      places: limits.waiting_sockets,
      placesPerAddress: limits.waiting_sockets_per_address,
    }),
    requireOpen: () => sessions.requireOpen(),
    isPath: (path) => sockets.isPath(path),
    take: (upgrade) => sockets.upgrade(upgrade),
  });
  const server = createHttpServer({
    certificate,
    guard: createRequestGuard({ scheme, origins, apiKeyHeader, hosts: security.allowed_hosts }),
    answer(request, response) {
      // Who asks whether it is there, again and again, keeps it for nothing.
      if (!/^\/health(\/ready)?$/.test(request.url ?? '')) visits.count(response);
      answer(request, response);
    },
    openSocket(request, socket, head) {
      visits.count(socket);
      openSocket(request, socket, head);
    },
    variable: 'HOTPLEX_GATEWAY_ADDR',
    maxFileBytes: uploads.max_file_size,
    ...{ clock, logger: httpLogger },
  });
  const { host, port } = await server.listen(splitAddress(gateway.addr));
  return {
    url: toUrl({ host, port }, scheme),
    port,
    close: () => server.close(),
    unusedMs: () => visits.unusedMs(),
  };
}
