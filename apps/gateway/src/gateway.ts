import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { OpenAPIHono } from '@hono/zod-openapi';
import { createApiKeys } from './auth/api-key.ts';
import { createAuthenticate } from './auth/authenticate.ts';
import { canonicalAddress } from './auth/canonical-address.ts';
import { FailureLimit } from './auth/failure-limit.ts';
import { createRequestGuard, ownHosts } from './auth/request-guard.ts';
import { SignIn } from './auth/sign-in.ts';
import { loadSigningKey } from './auth/signing-key.ts';
import { Tickets, ticketLifetimeMs } from './auth/ticket.ts';
import { createTokens } from './auth/token.ts';
import type { Config } from './config-schema.ts';
import { WsServer } from './connection/ws-server.ts';
import type { Clock } from './ground/clock.ts';
import { toGatewayError } from './ground/gateway-error.ts';
import type { Ids } from './ground/ids.ts';
import type { Logger } from './ground/logger.ts';
import { createAgentsApi } from './http/agents-api.ts';
import type { ApiEnvironment } from './http/api-environment.ts';
import { onApiError, statusOf } from './http/api-error.ts';
import { createAuthApi } from './http/auth-api.ts';
import { authenticated } from './http/authenticated.ts';
import { type Listener, listenHttp, refuseUpgrade } from './http/http-server.ts';
import { headerCredential } from './http/peer.ts';
import { createSessionsApi } from './http/sessions-api.ts';
import { createStaticFiles } from './http/static-files.ts';
import { SessionRegistry } from './session/session-registry.ts';
import type { CredentialStore, SessionStore } from './store/store.ts';
import { createSupervise } from './supervise.ts';
import type { WorkerRegistry } from './worker/registry.ts';

export type GatewayParts = {
  config: Config;
  store: SessionStore & CredentialStore;
  workers: WorkerRegistry;
  clock: Clock;
  ids: Ids;
  logger: Logger;
  random: () => number;
  defaultWorkDir: string;
  dataDir: string;
  /** The web chat's export; undefined serves none. */
  webchatDir: string | undefined;
};

export type Gateway = {
  host: string;
  port: number;
  /** A link that signs one browser in, once. */
  signInLink(): string;
  /** Sends clients away, ends all agents and closes the store. */
  close(): Promise<void>;
};

/** Wires the rooms together and opens the door. Throws StartError. */
export async function startGateway(parts: GatewayParts): Promise<Gateway> {
  const { config, store, workers, clock, ids, logger } = parts;
  const { security } = config;
  const tokens = createTokens({
    key: await loadSigningKey(join(parts.dataDir, 'signing-key.json')),
    ...{ issuer: security.jwt_issuer, audience: security.jwt_audience, clock, ids },
    ...(security.jwt_jwks_file === undefined ? {} : { jwksFile: security.jwt_jwks_file }),
    isRevoked: (jti) => store.isRevoked(jti),
  });
  const failures = new FailureLimit(clock);
  const tickets = new Tickets({ clock, ids });
  const signIn = new SignIn({ clock, ids, tokens, store });
  const authenticate = createAuthenticate({
    apiKey: createApiKeys(security.api_keys),
    tokens,
    tickets,
    failures,
  });

  const sessions = new SessionRegistry({
    ...{ store, clock, ids, logger, defaultWorkDir: parts.defaultWorkDir },
    findWorker: (type) => workers.find(type),
    privateDirs: [parts.dataDir],
    supervise: createSupervise({ config: config.worker, clock, ids, random: parts.random }),
    limits: {
      permissionTimeoutMs: config.session.permission_timeout,
      interruptTimeoutMs: config.session.interrupt_timeout,
      maxQueue: config.session.max_queue,
      maxInputBytes: config.session.max_input_size,
      watch: {
        firstEventMs: config.session.first_event_timeout,
        inactivityMs: config.session.inactivity_timeout,
        turnMs: config.session.turn_timeout,
        idleMs: config.session.idle_timeout,
        lifetimeMs: config.session.max_lifetime,
      },
    },
    pool: { max: config.worker.pool.max, maxPerUser: config.worker.pool.max_per_user },
  });
  sessions.recover();
  store.sweepCredentials(clock.now());

  const sockets = new WsServer({
    ...{ clock, ids, logger, authenticate, sessions },
    findWorker: (type) => workers.find(type),
    maxFrameBytes: config.gateway.max_frame_size,
    initTimeoutMs: config.gateway.init_timeout,
    pingIntervalMs: config.gateway.ping_interval,
    maxBufferedBytes: config.gateway.client_buffer,
  });

  const api = new OpenAPIHono<ApiEnvironment>();
  api.onError(onApiError(logger));
  api.notFound((c) =>
    c.json(
      { error: { code: 'INVALID_MESSAGE', message: 'there is no such address', retryable: false } },
      404,
    ),
  );
  const known = authenticated({
    authenticate,
    apiKeyHeader: security.api_key_header,
    canonical: canonicalAddress,
  });
  const open = new Set(['/api/auth/sign-in', '/api/auth/refresh', '/api/auth/sign-out']);
  api.use('/api/*', (c, next) => (open.has(c.req.path) ? next() : known(c, next)));
  api.route(
    '/api/auth',
    createAuthApi({
      ...{ signIn, failures, ticketLifetimeMs, secureCookie: false, canonical: canonicalAddress },
      issueTicket: (identity, origin) => tickets.issue(identity, origin),
    }),
  );
  api.route('/api/sessions', createSessionsApi(sessions));
  api.route(
    '/api/agents',
    createAgentsApi({ definitions: workers.definitions, sessions, defaultWorkDir: parts.defaultWorkDir }),
  );

  const onUpgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const attempt = {
      address: canonicalAddress(request.socket.remoteAddress),
      origin: request.headers.origin?.toLowerCase() ?? null,
    };
    const credential = headerCredential(request.headers, security.api_key_header);
    try {
      const identity = credential ? await authenticate(credential, attempt) : undefined;
      sockets.upgrade({ request, socket, head, peer: { attempt, identity } });
    } catch (thrown) {
      const error = toGatewayError(thrown);
      refuseUpgrade(socket, statusOf(error), error.message);
    }
  };

  const webchatOrigins = config.webchat.url === undefined ? [] : [new URL(config.webchat.url).origin];
  const listener: Listener = await listenHttp(splitAddress(config.gateway.addr), {
    guard: (address) => {
      const hosts = [...ownHosts(address), ...security.allowed_hosts];
      return createRequestGuard({
        hosts,
        origins: [...hosts.map((host) => `http://${host}`), ...webchatOrigins, ...security.allowed_origins],
      });
    },
    api,
    files: createStaticFiles(parts.webchatDir),
    onUpgrade: (request, socket, head) => void onUpgrade(request, socket, head),
  });

  return {
    host: listener.host,
    port: listener.port,
    signInLink() {
      const host = listener.host.includes(':') ? `[${listener.host}]` : listener.host;
      const link = new URL(config.webchat.url ?? `http://${host}:${listener.port}`);
      link.hash = `code=${signIn.newCode()}`;
      return link.href;
    },
    async close() {
      await sockets.close(parts.random);
      await listener.close();
      await sessions.close();
      await Promise.all(workers.definitions.map((definition) => definition.close?.()));
      store.close();
    },
  };
}

export function splitAddress(address: string): { host: string; port: number } {
  const at = address.lastIndexOf(':');
  const host = address.slice(0, at).replace(/^\[|\]$/g, '');
  return { host, port: Number(address.slice(at + 1)) };
}
