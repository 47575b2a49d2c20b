import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Clock } from '../../ground/clock.ts';
import type { OperatorSessions } from '../../session/operator-sessions.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';
import { refuseInvalid } from '../refuse-invalid.ts';
import { sessionReport, toSessionReport } from './session-report.ts';

const debug = z.object({
  available: z.boolean().describe('Whether this gateway can run its agent.'),
  has_worker: z.boolean(),
  pid: z.number().nullable(),
  is_ending: z.boolean().describe('Its agent is being ended.'),
  idle_ms: z.number().nullable().describe('For how long its agent has had nothing to do.'),
  survives_restart: z.boolean().describe('Whether the next gateway could go on with its agent.'),
  turn_count: z.number(),
  last_seq: z.number(),
  oldest_seq: z.number().nullable(),
  queued: z.number().describe('Prompts that wait.'),
  pending: z.number().describe('Questions of the agent that nobody has answered.'),
});

const route = createRoute({
  method: 'get',
  path: '/sessions/{id}',
  request: { params: z.object({ id: z.string().max(128) }) },
  responses: { 200: jsonAnswer('How it stands inside.', z.object({ session: sessionReport, debug })) },
});

/** What one looks at when a session does not do what it should. */
export function createSessionDebugRoute(
  sessions: OperatorSessions,
  clock: Clock,
): OpenAPIHono<ApiEnvironment> {
  return new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid }).openapi(route, (c) => {
    const { record, session } = sessions.find(c.req.valid('param').id);
    const member = session?.poolMember;
    const idleSince = member?.idleSince;
    return c.json(
      {
        session: toSessionReport(record),
        debug: {
          available: session !== undefined,
          has_worker: member?.hasWorker ?? false,
          pid: member?.pid ?? null,
          is_ending: member?.isEnding ?? false,
          idle_ms: idleSince === undefined ? null : Math.round(clock.elapsed() - idleSince),
          survives_restart: session?.canBeTakenOver ?? false,
          turn_count: record.totals.turn_count,
          last_seq: record.lastSeq,
          oldest_seq: session?.oldestSeq() ?? null,
          queued: session?.queue.length ?? 0,
          pending: session?.pending.length ?? 0,
        },
      },
      200,
    );
  });
}
