import { describe } from 'vitest';
import { busContract } from '../contracts/bus-contract.ts';
import { MemoryCluster, type MemoryNode } from '../support/memory-cluster.ts';

describe('a cluster in one process', () =>
  busContract(async () => {
    const cluster = new MemoryCluster();
    const nodes = new Map<unknown, MemoryNode>();
    return {
      async join(node) {
        const bus = cluster.open({ node });
        nodes.set(bus, bus);
        return bus;
      },
      async silence(bus) {
        nodes.get(bus)?.goSilent();
        cluster.giveUp(bus.self.life);
      },
      mend: (bus) => nodes.get(bus)?.comeBack(),
      async [Symbol.asyncDispose]() {
        for (const node of nodes.values()) await node.close();
      },
    };
  }));
