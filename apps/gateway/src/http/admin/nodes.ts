import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { nodeReport } from '../../ground/node-report.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';

const node = z.object({
  name: z.string().describe('cluster.node, or what the machine is called.'),
  life: z
    .string()
    .describe('A node that starts again is another life of it; empty for a gateway that is alone.'),
  workspace: z.string().describe('Label of the disk that its work dirs are on.'),
  version: z.string(),
  started_at: z.iso.datetime().describe('By the clock of that machine.'),
  is_self: z.boolean().describe('Whether this is the gateway that answers.'),
  report: nodeReport.nullable().describe('As it said within the last seconds; null: it has not said so yet.'),
});

export type NodeView = z.infer<typeof node>;

const route = createRoute({
  method: 'get',
  path: '/nodes',
  responses: {
    200: jsonAnswer('The gateways that work together, or the one.', z.object({ nodes: z.array(node) })),
  },
});

/** Who is in the cluster and what each has to do; any node knows it of all. */
export function createNodesRoute(nodes: () => NodeView[]): OpenAPIHono<ApiEnvironment> {
  return new OpenAPIHono<ApiEnvironment>().openapi(route, (c) => c.json({ nodes: nodes() }, 200));
}
