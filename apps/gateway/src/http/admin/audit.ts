import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { AuditLog } from '../../store/store.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { jsonAnswer } from '../json-answer.ts';
import { refuseInvalid } from '../refuse-invalid.ts';

/** Whether all records are there and as they were written; `problem` says what is not. */
export type AuditVerdict = { records: number; head: string; problem: string | null };

export type AuditOptions = {
  /** Newest first. */
  before: AuditLog['auditBefore'];
  verify(): Promise<AuditVerdict>;
};

const record = z.object({
  position: z.number(),
  time: z.iso.datetime(),
  actor: z.string().nullable().describe('null: the gateway itself.'),
  session_id: z.string().nullable(),
  action: z.string(),
  decision: z.enum(['allow', 'deny']),
  reason: z.string().nullable(),
  rules: z.array(z.string()).readonly(),
});

const filter = z.string().max(256).optional();
const routes = {
  list: createRoute({
    method: 'get',
    path: '/',
    request: {
      query: z.object({
        limit: z.coerce.number().int().min(1).max(200).default(50),
        cursor: z.string().max(1_024).optional(),
        actor: filter,
        session: filter,
        action: filter.describe('How it begins, e.g. permission or DELETE.'),
        decision: z.enum(['allow', 'deny']).optional(),
      }),
    },
    responses: {
      200: jsonAnswer(
        'Who did what, newest first. A page may be short, or empty, and still not be the last.',
        z.object({ records: z.array(record), next_cursor: z.string().nullable() }),
      ),
    },
  }),
  verify: createRoute({
    method: 'get',
    path: '/verify',
    responses: {
      200: jsonAnswer(
        'Whether the records are all there and as they were written.',
        z.object({
          records: z.number().describe('How many are whole.'),
          head: z
            .string()
            .describe(
              'The hash of the last of them: kept elsewhere, it shows later whether the end was cut off.',
            ),
          problem: z.string().nullable(),
        }),
      ),
    },
  }),
};

/** The audit log, for those who look into it. */
export function createAuditRoutes({ before, verify }: AuditOptions): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid });
  api.openapi(routes.list, (c) => {
    const { limit, cursor, actor, session, action, decision } = c.req.valid('query');
    const { records, next } = before({
      limit,
      ...(cursor !== undefined && { before: decodeCursor(cursor, z.number()) }),
      ...(actor !== undefined && { actor }),
      ...(session !== undefined && { sessionId: session }),
      ...(action !== undefined && { action }),
      ...(decision !== undefined && { decision }),
    });
    return c.json(
      {
        records: records.map(({ time, sessionId, inputHash: _, previous: __, hash: ___, ...entry }) => ({
          ...{ ...entry, time: new Date(time).toISOString(), session_id: sessionId },
        })),
        next_cursor: next === null ? null : encodeCursor(next),
      },
      200,
    );
  });
  api.openapi(routes.verify, async (c) => c.json(await verify(), 200));
  return api;
}
