import type { TestCluster } from '../support/open-cluster.ts';
import type { RunningGateway } from '../support/start-gateway.ts';
import { act } from './crowd.ts';
import type { FailingLink, LinkFailure } from './failing-link.ts';
import { type Fault, pause, type Scene, signal } from './faults.ts';

/** What a gateway reaches the others by. */
export type ClusterLinks = { nats: FailingLink; postgres: FailingLink };

type Parts = {
  cluster: Pick<TestCluster, 'nats' | 'postgres'>;
  links: ReadonlyMap<RunningGateway, ClusterLinks>;
  leaseMs: number;
};

const failures: readonly LinkFailure[] = ['broken', 'silent'];

/** What can go wrong besides where several gateways work as one. Each leaves all of them running, and able to go on. */
export function clusterFaults({ cluster, links, leaseMs }: Parts) {
  const { nats, postgres } = cluster;
  /** Until others have found out, and have taken what they could: as a rule. */
  const forLong = ({ random }: Scene) => leaseMs * 1.1 + random.between(0, leaseMs);
  const forShort = ({ random }: Scene) => random.between(0, leaseMs);

  /** Somebody speaks meanwhile, too. */
  async function meanwhile({ crowds, random }: Scene, ms: number): Promise<void> {
    for (const crowd of crowds) if (random.next() < 0.5) act(crowd, random);
    await pause(ms);
  }

  /** Its links to these fail for a while, each in one of the ways there are. */
  function cutOffFrom(...names: readonly (keyof ClusterLinks)[]): Fault {
    return async (scene) => {
      const its = links.get(scene.pickGateway());
      const chosen = names.flatMap((name) => its?.[name] ?? []);
      for (const link of chosen) link.fail(scene.random.pick(failures));
      await meanwhile(scene, scene.random.next() < 0.7 ? forLong(scene) : forShort(scene));
      for (const link of chosen) link.mend();
    };
  }

  return {
    async 'node killed and gone'(scene) {
      const gateway = scene.pickGateway();
      await gateway.kill();
      await meanwhile(scene, forLong(scene));
      await gateway.restart();
    },
    async 'node stopped and gone'(scene) {
      const gateway = scene.pickGateway();
      await gateway.stop();
      await meanwhile(scene, forShort(scene));
      await gateway.restart();
    },
    async 'node held up for longer than its lease'(scene) {
      const { pid } = scene.pickGateway().process;
      signal(pid, 'SIGSTOP');
      await meanwhile(scene, forLong(scene));
      signal(pid, 'SIGCONT');
    },
    async 'NATS killed'(scene) {
      await nats.kill();
      await meanwhile(scene, scene.random.next() < 0.5 ? forLong(scene) : forShort(scene));
      await nats.start();
    },
    async 'NATS killed and emptied'(scene) {
      await nats.kill();
      await meanwhile(scene, forShort(scene));
      await nats.start({ isEmpty: true });
    },
    async 'PostgreSQL killed'(scene) {
      await postgres.end('SIGQUIT');
      await meanwhile(scene, forShort(scene));
      await postgres.run();
    },
    'node cut off from NATS': cutOffFrom('nats'),
    'node cut off from PostgreSQL': cutOffFrom('postgres'),
    'node cut off from both': cutOffFrom('nats', 'postgres'),
  } satisfies Record<string, Fault>;
}
