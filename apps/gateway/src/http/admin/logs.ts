import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { type LogLines, logLevels } from '../../ground/log-lines.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';
import { refuseInvalid } from '../refuse-invalid.ts';
import { nodeQuery } from './peers.ts';

const line = z.object({
  time: z.iso.datetime(),
  level: z.enum(logLevels),
  msg: z.string(),
  component: z.string().optional().describe('The part of the gateway that says it.'),
  session_id: z.string().optional(),
  fields: z.record(z.string(), z.unknown()).describe('What else the line says: ids, codes and reasons.'),
});

const route = createRoute({
  method: 'get',
  path: '/logs',
  request: {
    query: nodeQuery.extend({
      limit: z.coerce.number().int().min(1).max(1_000).default(100),
      level: z.enum(logLevels).optional().describe('Only lines at least as grave.'),
      component: z.string().max(64).optional(),
      session: z.string().max(128).optional().describe('Only lines about this session.'),
      since: z.iso.datetime({ offset: true }).optional(),
    }),
  },
  responses: {
    200: jsonAnswer(
      'The newest of these lines, oldest first; `total` counts all of them that are still kept.',
      z.object({ logs: z.array(line), total: z.number(), limit: z.number() }),
    ),
  },
});

/** The end of the gateway's log: what it logs has no content and no secrets (L2), and neither has this. */
export function createLogsRoute(lines: LogLines): OpenAPIHono<ApiEnvironment> {
  return new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid }).openapi(route, (c) => {
    const { limit, level, component, session, since } = c.req.valid('query');
    const found = lines.find({
      ...(level !== undefined && { level }),
      ...(component !== undefined && { component }),
      ...(session !== undefined && { sessionId: session }),
      ...(since !== undefined && { since: Date.parse(since) }),
    });
    const logs = found
      .slice(-limit)
      .map(({ time, level: grade, message, component: part, sessionId, fields }) => ({
        ...{ time: new Date(time).toISOString(), level: grade, msg: message },
        ...(part !== undefined && { component: part }),
        ...(sessionId !== undefined && { session_id: sessionId }),
        fields,
      }));
    return c.json({ logs, total: found.length, limit }, 200);
  });
}
