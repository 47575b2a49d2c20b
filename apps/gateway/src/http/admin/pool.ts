import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { sum } from '../../ground/sum.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';
import { refuseInvalid } from '../refuse-invalid.ts';
import { askAllNodes, nodeParts, reportsOf } from './node-parts.ts';
import { isOfOneNode, nodeQuery, type Peers } from './peers.ts';

const nodePool = z.object({
  total: z.number().describe('Agents that run.'),
  max: z.number(),
  max_per_user: z
    .number()
    .describe('Of a cluster: of all nodes together, of whose agents only those at work count elsewhere.'),
  utilization: z.number().describe('total by max.'),
  users: z.record(z.string(), z.number()).describe('How many of them each user has.'),
});
const pool = nodePool.extend({ nodes: nodeParts(nodePool) });

type Pool = z.infer<typeof nodePool>;

export type PoolOptions = {
  limits: { max: number; maxPerUser: number };
  /** Whose agents run, one entry for each agent. */
  owners(): string[];
};

const route = createRoute({
  method: 'get',
  path: '/pool',
  request: { query: nodeQuery },
  responses: { 200: jsonAnswer('The places for agents and who has them.', pool) },
});

/** How many agents run of how many that may. */
export function createPoolRoute({
  peers,
  pool: { limits, owners },
}: {
  peers: Peers;
  pool: PoolOptions;
}): OpenAPIHono<ApiEnvironment> {
  const own = (): Pool => {
    const { max, maxPerUser } = limits;
    return poolOf({ max, maxPerUser, counts: owners().map((owner) => [owner, 1]) });
  };
  return new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid }).openapi(route, async (c) => {
    if (isOfOneNode(c, peers)) return c.json(own(), 200);
    const nodes = await askAllNodes(c, { peers, report: nodePool, own: async () => own() });
    const pools = reportsOf(nodes);
    const all = poolOf({
      max: sum(pools.map(({ max }) => max)),
      maxPerUser: limits.maxPerUser,
      counts: pools.flatMap(({ users }) => Object.entries(users)),
    });
    return c.json({ ...all, nodes }, 200);
  });
}

function poolOf({
  max,
  maxPerUser,
  counts,
}: {
  max: number;
  maxPerUser: number;
  counts: readonly (readonly [user: string, agents: number])[];
}): Pool {
  const users = new Map<string, number>();
  for (const [user, agents] of counts) users.set(user, (users.get(user) ?? 0) + agents);
  const total = sum([...users.values()]);
  return {
    ...{ total, max, max_per_user: maxPerUser, utilization: total / max },
    users: Object.fromEntries(users),
  };
}
