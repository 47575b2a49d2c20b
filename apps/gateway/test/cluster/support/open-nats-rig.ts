import type { Bus } from '../../../src/cluster/bus.ts';
import { openNatsBus } from '../../../src/cluster/nats/open-nats-bus.ts';
import { systemClock } from '../../../src/ground/clock.ts';
import { createIds } from '../../../src/ground/ids.ts';
import { type Logger, silentLogger } from '../../../src/ground/logger.ts';
import type { BusRig } from '../../contracts/bus-contract.ts';
import { type DeadLink, openDeadLink } from '../../support/dead-link.ts';
import { type NatsServer, startNatsServer } from '../../support/nats-server.ts';

export const secret = 'the secret of a cluster of tests, 0123456789';

export type NatsRig = BusRig & {
  server: NatsServer;
  /** Nothing of it comes through, and nothing to it. */
  die(bus: Bus): void;
  /** Its connection is reset; it can have another one. */
  cut(bus: Bus): void;
};

type JoinOptions = { url: string; node?: string; leaseMs?: number; secret?: string; logger?: Logger };

/** A node as the gateway opens it. */
export const joinNats = ({ node = 'one', leaseMs = 2_000, ...options }: JoinOptions): Promise<Bus> =>
  openNatsBus({
    ...{ node, leaseMs, secret, workspace: 'disk', version: '1.0.0' },
    ...{ clock: systemClock, ids: createIds(), logger: silentLogger },
    ...options,
  });

/** Nodes that meet at a nats-server of their own, each over a link that can go dead. */
export async function openNatsRig({ leaseMs }: { leaseMs?: number } = {}): Promise<NatsRig> {
  const server = await startNatsServer();
  const links = new Map<Bus, DeadLink>();
  return {
    server,
    async join(node) {
      const link = await openDeadLink(server.port);
      const bus = await joinNats({ url: `nats://127.0.0.1:${link.port}`, node, ...(leaseMs && { leaseMs }) });
      links.set(bus, link);
      return bus;
    },
    silence(bus) {
      const { promise, resolve } = Promise.withResolvers<void>();
      bus.onHeld((isHeld) => isHeld || resolve());
      links.get(bus)?.die();
      return promise;
    },
    mend: (bus) => links.get(bus)?.mend(),
    die: (bus) => links.get(bus)?.die(),
    cut: (bus) => links.get(bus)?.mend(),
    async [Symbol.asyncDispose]() {
      for (const link of links.values()) link.mend();
      await Promise.all([...links.keys()].map((bus) => bus.close()));
      for (const link of links.values()) await link[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
