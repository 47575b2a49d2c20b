import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';

const pool = z.object({
  total: z.number().describe('Agents that run.'),
  max: z.number(),
  max_per_user: z.number(),
  utilization: z.number().describe('total by max.'),
  users: z.record(z.string(), z.number()).describe('How many of them each user has.'),
});

export type PoolOptions = {
  limits: { max: number; maxPerUser: number };
  /** Whose agents run, one entry for each agent. */
  owners(): string[];
};

const route = createRoute({
  method: 'get',
  path: '/pool',
  responses: { 200: jsonAnswer('The places for agents and who has them.', pool) },
});

/** How many agents run of how many that may. */
export function createPoolRoute({ limits, owners }: PoolOptions): OpenAPIHono<ApiEnvironment> {
  return new OpenAPIHono<ApiEnvironment>().openapi(route, (c) => {
    const { max, maxPerUser } = limits;
    const all = owners();
    const users: Record<string, number> = {};
    for (const owner of all) users[owner] = (users[owner] ?? 0) + 1;
    const total = all.length;
    return c.json({ total, max, max_per_user: maxPerUser, utilization: total / max, users }, 200);
  });
}
