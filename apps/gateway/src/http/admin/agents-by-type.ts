import { z } from '@hono/zod-openapi';
import { sum } from '../../ground/sum.ts';
import type { WorkerReport } from './status.ts';

/** Of the agents of each type that run. */
export const agentsByType = z.record(
  z.string(),
  z.object({
    sessions: z.number(),
    processes: z.number(),
    memory_bytes: z.number(),
    avg_memory_mb: z.number(),
    avg_cpu_percent: z.number().nullable().describe('null when asked for the first time.'),
  }),
);

type AgentsByType = z.infer<typeof agentsByType>;
type Agents = AgentsByType[string];

const bytesOfMb = 1024 ** 2;

/** Of one gateway. */
export function agentsOfType(workers: readonly WorkerReport[]): AgentsByType {
  const byType = Map.groupBy(workers, ({ worker_type }) => worker_type);
  return Object.fromEntries([...byType].map(([type, of]) => [type, sumOf(of)]));
}

/** Of several gateways together. */
export function agentsOfAll(nodes: readonly AgentsByType[]): AgentsByType {
  const byType = Map.groupBy(
    nodes.flatMap((node) => Object.entries(node)),
    ([type]) => type,
  );
  return Object.fromEntries([...byType].map(([type, of]) => [type, joined(of.map(([, agents]) => agents))]));
}

function sumOf(workers: readonly WorkerReport[]): Agents {
  const memory = sum(workers.map((worker) => worker.memory_bytes));
  const shares = workers.flatMap((worker) => worker.cpu_percent ?? []);
  return {
    sessions: workers.length,
    processes: sum(workers.map(({ processes }) => processes)),
    memory_bytes: memory,
    avg_memory_mb: memory / workers.length / bytesOfMb,
    avg_cpu_percent: shares.length === 0 ? null : sum(shares) / shares.length,
  };
}

function joined(nodes: readonly Agents[]): Agents {
  const sessions = sum(nodes.map((node) => node.sessions));
  const memory = sum(nodes.map((node) => node.memory_bytes));
  const measured = nodes.flatMap(({ sessions: weight, avg_cpu_percent: share }) =>
    share === null ? [] : [{ weight, share }],
  );
  return {
    sessions,
    processes: sum(nodes.map(({ processes }) => processes)),
    memory_bytes: memory,
    avg_memory_mb: memory / sessions / bytesOfMb,
    avg_cpu_percent:
      measured.length === 0
        ? null
        : sum(measured.map(({ weight, share }) => weight * share)) /
          sum(measured.map(({ weight }) => weight)),
  };
}
