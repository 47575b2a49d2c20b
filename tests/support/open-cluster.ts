import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NatsServer, startNatsServer } from '../../apps/gateway/test/support/nats-server.ts';
import { TestPostgres } from '../../apps/gateway/test/support/postgres.ts';
import { type RunningGateway, startGateway } from './start-gateway.ts';

export type TestCluster = AsyncDisposable & {
  nats: NatsServer;
  postgres: TestPostgres;
  /** What all gateways of it have in their environment. */
  shared: Record<string, string>;
  /** Another gateway, with data of its own and the work dir of all. */
  startNode(name: string, env?: Record<string, string>): Promise<RunningGateway>;
};

/** A PostgreSQL, a NATS and as many gateways as a test wants, as real programs. */
export async function openCluster(): Promise<TestCluster> {
  const [postgres, nats] = await Promise.all([TestPostgres.start(), startNatsServer()]);
  const shared = {
    HOTPLEX_DB_URL: await postgres.emptyDatabase(),
    HOTPLEX_CLUSTER_URL: nats.url,
    HOTPLEX_CLUSTER_SECRET: 'of-a-test-cluster-and-of-nothing-else',
  };
  const workDir = mkdtempSync(join(tmpdir(), 'hotplex-cluster-'));
  const nodes: RunningGateway[] = [];
  return {
    ...{ nats, postgres, shared },
    async startNode(name, env = {}) {
      const node = await startGateway({
        env: {
          ...{ DEMO_PACE: '1', ...shared, HOTPLEX_WORKER_DEFAULT_WORK_DIR: workDir },
          ...{ HOTPLEX_CLUSTER_NODE: name, HOTPLEX_CLUSTER_WORKSPACE: 'disk', HOTPLEX_CLUSTER_LEASE: '3s' },
          ...env,
        },
      });
      nodes.push(node);
      return node;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()));
      await Promise.all([nats[Symbol.asyncDispose](), postgres.remove()]);
      rmSync(workDir, { recursive: true, force: true });
    },
  };
}
