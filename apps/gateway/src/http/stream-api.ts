import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Authenticate, Identity } from '../auth/identity.ts';
import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Ids } from '../ground/ids.ts';
import type { Logger } from '../ground/logger.ts';
import type { Metrics } from '../ground/metrics.ts';
import { type LastHeard, replayFrom } from '../session/replay-from.ts';
import type { SessionRegistry } from '../session/session-registry.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { EventStream } from './event-stream.ts';
import { headerCredential } from './header-credential.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import { requireSession } from './require-session.ts';
import { isStillWelcome } from './still-welcome.ts';

export type StreamApiOptions = {
  sessions: SessionRegistry;
  authenticate: Authenticate;
  apiKeyHeader: string | undefined;
  /** Whether what somebody came in with is good no more. */
  isRevoked(identity: Identity): boolean;
  clock: Clock;
  ids: Ids;
  logger: Logger;
  metrics: Metrics;
  /** Aborted when the gateway stops: streams end and their clients come back. */
  stopping: AbortSignal;
};

const route = createRoute({
  method: 'get',
  path: '/{id}/stream',
  request: {
    params: z.object({ id: z.string().max(128) }),
    query: z.object({
      after: z.coerce.number().int().min(0).default(0),
      epoch: z.string().max(128).optional(),
    }),
    headers: z.object({ 'last-event-id': z.string().max(256).optional() }),
  },
  responses: {
    200: {
      description:
        'The log after a number and then what is live, as server-sent events. Last-Event-ID goes before after.',
      content: { 'text/event-stream': { schema: z.string() } },
    },
  },
});

/** The same log as on the socket for networks that let only plain HTTP through (rule R4). */
export function createStreamApi(options: StreamApiOptions): OpenAPIHono<ApiEnvironment> {
  const { sessions, authenticate, apiKeyHeader, isRevoked, clock, ids, logger, metrics, stopping } = options;
  const api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid });
  api.openapi(route, (c) => {
    const identity = c.get('identity');
    const session = requireSession(sessions, c.req.valid('param').id, identity);
    const headers = { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' };
    // Its answer has no body that anybody would end.
    if (c.req.method === 'HEAD') return c.body(null, 200, headers);
    const { 'last-event-id': lastId } = c.req.valid('header');
    const { after: seq, epoch } = c.req.valid('query');
    const lastHeard = lastId === undefined || lastId === '' ? { seq, epoch } : parseLastId(lastId);
    const place = replayFrom(lastHeard, session);
    metrics.observe('gateway_replay_events', {}, session.record.lastSeq - place.after);
    const { caller, incoming } = c.env;
    const stream = new EventStream({
      ...{ session, clock, ids, logger, stopping, expiresAt: identity.expiresAt },
      ...place,
      isWelcome: async () =>
        caller?.identity
          ? !isRevoked(caller.identity)
          : isStillWelcome({
              authenticate,
              incoming,
              credential: headerCredential(incoming.headers, apiKeyHeader),
            }),
    });
    return c.body(stream.body, 200, headers);
  });
  return api;
}

/** `epoch:seq`, as the stream gives it out, or a number alone. Throws INVALID_MESSAGE. */
function parseLastId(id: string): LastHeard {
  const match = /^(?:(.+):)?(\d{1,15})$/.exec(id);
  if (!match)
    throw new GatewayError('INVALID_MESSAGE', 'Last-Event-ID: send back the id of the last event you got');
  return { seq: Number(match[2]), epoch: match[1] };
}
