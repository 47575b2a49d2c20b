import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { sum } from '../../ground/sum.ts';
import type { SessionStore } from '../../store/store.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';
import { refuseInvalid } from '../refuse-invalid.ts';
import { askAllNodes, nodeParts, reportsOf } from './node-parts.ts';
import { isOfOneNode, nodeQuery, type Peers } from './peers.ts';

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

const nodeStatus = z.object({
  version: z.string(),
  isolation: z.string().describe('What keeps agents from the rest of the machine; see docs/security.md.'),
  uptime: z.number().describe('Seconds since the gateway started; of a cluster since the first that is up.'),
  sessions: z
    .record(z.string(), z.number())
    .describe('How many are stored in each state; of one node of a cluster those that it works for.'),
  connections: z.number().describe('Open sockets of clients, at the node that they came to.'),
});
const reported = nodeStatus.extend({ workers: z.array(workerReport) });
const statusBody = nodeStatus.extend({
  workers: z.array(
    workerReport.extend({
      node: z.string().optional().describe('Where it runs, if all nodes of a cluster are asked for.'),
    }),
  ),
  nodes: nodeParts(nodeStatus),
});

export type WorkerReport = z.infer<typeof workerReport>;
export type Status = z.infer<typeof reported>;

export type StatusOptions = {
  peers: Peers;
  /** Of this gateway alone. */
  status(): Promise<Status>;
  /** All sessions, whoever works for them; absent where this gateway works for all, as its status says. */
  sessionsByState?: SessionStore['countByState'] | undefined;
};

const route = createRoute({
  method: 'get',
  path: '/status',
  request: { query: nodeQuery },
  responses: {
    200: jsonAnswer('What the gateways are doing now; nothing that anybody said.', statusBody),
  },
});

/** The gateways and their agents at one look. */
export function createStatusRoute({
  peers,
  status,
  sessionsByState,
}: StatusOptions): OpenAPIHono<ApiEnvironment> {
  return new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid }).openapi(route, async (c) => {
    if (isOfOneNode(c, peers)) return c.json(await status(), 200);
    const own = await status();
    const parts = await askAllNodes(c, { peers, report: reported, own: async () => own });
    const reports = reportsOf(parts);
    return c.json(
      {
        ...{ version: own.version, isolation: own.isolation, sessions: sessionsByState?.() ?? own.sessions },
        uptime: Math.max(...reports.map(({ uptime }) => uptime)),
        connections: sum(reports.map(({ connections }) => connections)),
        workers: parts.flatMap(({ name, report }) =>
          (report?.workers ?? []).map((worker) => ({ ...worker, node: name })),
        ),
        nodes: parts.map(({ report, ...node }) => ({ ...node, report: report && withoutWorkers(report) })),
      },
      200,
    );
  });
}

const withoutWorkers = ({ workers: _, ...report }: Status) => report;
