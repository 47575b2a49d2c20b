import { openCluster, type TestCluster } from '../support/open-cluster.ts';
import type { RunningGateway } from '../support/start-gateway.ts';
import { type ClusterLinks, clusterFaults } from './cluster-faults.ts';
import { openFailingLink } from './failing-link.ts';
import { faults } from './faults.ts';
import type { Stage, StageOptions } from './stage.ts';

/** Short, so that it is over often, and also when nothing was done to it but that the machine is busy. */
const leaseMs = 2_000;

/** So many gateways that work as one, as behind a load balancer: each link of a client leads to any of them that is up. */
export async function openSeveralGateways(
  count: number,
  { network, env, random }: StageOptions,
): Promise<Stage> {
  const cluster = await openCluster();
  const links = new Map<RunningGateway, ClusterLinks>();
  const close = async () => {
    await cluster[Symbol.asyncDispose]();
    for (const link of [...links.values()].flatMap(({ nats, postgres }) => [nats, postgres]))
      await link[Symbol.asyncDispose]();
  };
  try {
    for (let index = 1; index <= count; index += 1) {
      const [gateway, its] = await startMember(cluster, `node-${index}`, env);
      links.set(gateway, its);
    }
  } catch (error) {
    await close();
    throw error;
  }
  const gateways = [...links.keys()];
  network.leadTo(() => {
    const up = gateways.filter(({ process }) => process.exitCode === null && process.signalCode === null);
    return up.length === 0 ? undefined : random.pick(up).port;
  });
  return {
    gateways,
    faults: { ...faults, ...clusterFaults({ cluster, links, leaseMs }) },
    takeovers() {
      const [sum] = cluster.postgres.sql(databaseOf(cluster), 'select sum(fence - 1) from session_owners');
      return Number(sum);
    },
    [Symbol.asyncDispose]: close,
  };
}

/** Reaches what all share on links of its own. */
async function startMember(
  cluster: TestCluster,
  name: string,
  env: Record<string, string>,
): Promise<[RunningGateway, ClusterLinks]> {
  const nats = await openFailingLink({ host: '127.0.0.1', port: cluster.nats.port });
  const postgres = await openFailingLink({ path: cluster.postgres.socket });
  const gateway = await cluster.startNode(name, {
    ...env,
    HOTPLEX_CLUSTER_URL: `nats://127.0.0.1:${nats.port}`,
    HOTPLEX_DB_URL: `postgres://hotplex@127.0.0.1:${postgres.port}/${databaseOf(cluster)}`,
    HOTPLEX_CLUSTER_LEASE: `${leaseMs}ms`,
  });
  return [gateway, { nats, postgres }];
}

const databaseOf = ({ shared }: TestCluster): string =>
  new URL(shared.HOTPLEX_DB_URL ?? '').pathname.slice(1);
