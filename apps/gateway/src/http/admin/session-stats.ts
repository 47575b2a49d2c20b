import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { OperatorSessions } from '../../session/operator-sessions.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';
import { refuseInvalid } from '../refuse-invalid.ts';

const figure = z.number().nullable();
const turn = z.object({
  seq: z.number().describe('The number of its last event.'),
  success: z.boolean(),
  duration_ms: figure,
  cost_usd: figure,
  tokens_in: figure,
  tokens_out: figure,
  model: z.string().nullable(),
  created_at: z.iso.datetime(),
});
const stats = z.object({
  session_id: z.string(),
  total_turns: z.number(),
  success_turns: z.number().describe('Of the turns shown.'),
  failed_turns: z.number().describe('Of the turns shown.'),
  total_duration_ms: figure,
  total_cost_usd: figure,
  total_tokens_in: figure,
  total_tokens_out: figure,
  turns: z.array(turn).describe('The newest, newest first.'),
});

const route = createRoute({
  method: 'get',
  path: '/{id}/stats',
  request: {
    params: z.object({ id: z.string().max(128) }),
    query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  },
  responses: { 200: jsonAnswer('What a session has cost; null where its agent did not say.', stats) },
});

/** Figures of a session and of its last turns. */
export function createSessionStatsRoute(sessions: OperatorSessions): OpenAPIHono<ApiEnvironment> {
  return new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid }).openapi(route, async (c) => {
    const { id } = c.req.valid('param');
    const { totals } = sessions.find(id).record;
    const turns = await sessions.turns(id, c.req.valid('query').limit);
    const succeeded = turns.filter(({ success }) => success).length;
    return c.json(
      {
        session_id: id,
        total_turns: totals.turn_count,
        success_turns: succeeded,
        failed_turns: turns.length - succeeded,
        total_duration_ms: totals.duration_ms,
        total_cost_usd: totals.cost_usd,
        total_tokens_in: totals.input_tokens,
        total_tokens_out: totals.output_tokens,
        turns: turns.map(({ createdAt, ...each }) => ({
          ...each,
          created_at: new Date(createdAt).toISOString(),
        })),
      },
      200,
    );
  });
}
