import { ClusterRouter } from '../../../src/cluster/cluster-router.ts';
import { LeaseDoubt } from '../../../src/cluster/lease-doubt.ts';
import { LostWork } from '../../../src/cluster/lost-work.ts';
import { silentLogger } from '../../../src/ground/logger.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { MemoryCluster } from '../../support/memory-cluster.ts';
import { createMemoryOwnerTable } from '../../support/memory-owner-table.ts';
import { rest } from './rest.ts';

/** Nodes with the sessions that each of them believes to work for. */
export function openCluster(workspaces: readonly string[] = ['disk', 'disk']) {
  const table = createMemoryOwnerTable();
  const clock = createManualClock();
  const cluster = new MemoryCluster();
  const nodes = workspaces.map((workspace, index) => openNode(`node-${index}`, workspace));

  function openNode(node: string, workspace: string) {
    const bus = cluster.open({ node, workspace });
    const here = new Set<string>();
    const state = { canBring: true, canHand: true };
    const parts = { bus, owners: table, clock, logger: silentLogger, random: () => 0, leaseMs: 10_000 };
    const router: ClusterRouter = new ClusterRouter({
      ...{ ...parts, writesAs: bus.self.life },
      bring(id) {
        here.add(id);
        if (!state.canBring) throw new Error('not to be read');
      },
      drop: (id) => void here.delete(id),
      async hand(id) {
        if (!state.canHand) throw new Error('not settled');
        here.delete(id);
      },
    });
    const lostWork = new LostWork({ ...parts, router });
    new LeaseDoubt({ ...parts, router });
    /** A session begins here; if it is not stored, its first write is on its way yet. */
    function begin(id: string, { isUnfinished = false, isStored = true } = {}) {
      const { life } = bus.self;
      const row = { life, fence: router.begin(id), workspace };
      here.add(id);
      if (!isStored) return;
      table.rows.set(id, row);
      table.sessions.set(id, isUnfinished);
    }
    return { bus, here, state, router, lostWork, begin };
  }

  const [a, b] = nodes;
  if (!a || !b) throw new Error('two nodes at least');
  return {
    ...{ table, clock, nodes, a, b },
    /** Its lease runs out, and the others wait no longer for it. */
    async lose({ bus }: typeof a) {
      bus.goSilent();
      cluster.giveUp(bus.self.life);
      clock.advance(1_000);
      await rest();
    },
    /** A second in which nobody hears of anybody. */
    async second() {
      clock.advance(1_000);
      await rest();
    },
  };
}
