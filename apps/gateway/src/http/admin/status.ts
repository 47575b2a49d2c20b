import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';

const workerReport = z.object({
  session_id: z.string(),
  owner_id: z.string(),
  worker_type: z.string(),
  state: z.string(),
  pid: z.number().describe('The agent’s process, or the one that holds its walls.'),
  isolation: z.string().describe('What keeps this one from the rest of the machine.'),
  processes: z.number().describe('How many it and what it started are.'),
  memory_bytes: z.number().describe('Their resident memory.'),
  cpu_ms: z.number().describe('Their processor time since they were started.'),
  cpu_percent: z
    .number()
    .nullable()
    .describe('Of one processor, since somebody last asked; null when asked for the first time.'),
  age_ms: z.number().describe('Since the first of them was started; 0 where the machine does not say.'),
});

const statusBody = z.object({
  version: z.string(),
  isolation: z.string().describe('What keeps agents from the rest of the machine; see docs/security.md.'),
  uptime: z.number().describe('Seconds since the gateway started.'),
  sessions: z.record(z.string(), z.number()).describe('How many are stored in each state.'),
  connections: z.number().describe('Open sockets.'),
  workers: z.array(workerReport),
});

export type WorkerReport = z.infer<typeof workerReport>;
export type Status = z.infer<typeof statusBody>;

const route = createRoute({
  method: 'get',
  path: '/status',
  responses: { 200: jsonAnswer('What the gateway is doing now; nothing that anybody said.', statusBody) },
});

/** The gateway and its agents at one look. */
export function createStatusRoute(status: () => Promise<Status>): OpenAPIHono<ApiEnvironment> {
  return new OpenAPIHono<ApiEnvironment>().openapi(route, async (c) => c.json(await status(), 200));
}
