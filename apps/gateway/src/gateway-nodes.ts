import type { ReportedNode } from './cluster/node-reports.ts';
import type { Router } from './cluster/router.ts';
import type { Config } from './config-schema.ts';
import type { Clock } from './ground/clock.ts';
import type { NodeReport } from './ground/node-report.ts';
import type { NodeView } from './http/admin/nodes.ts';
import type { Peer, Peers } from './http/admin/peers.ts';
import { nodeNames } from './node-names.ts';
import type { SessionRegistry } from './session/session-registry.ts';

type Reported = { self: string; all: readonly ReportedNode[] };

type NodesOptions = {
  config: Pick<Config, 'cluster'>;
  version: string;
  sessions: Pick<SessionRegistry, 'size' | 'working' | 'busy' | 'isClosing'>;
  sockets: { readonly size: number };
  clock: Clock;
  /** How those of a cluster say that they stand; undefined as long as it is none. */
  reported(): Reported | undefined;
  router: Pick<Router, 'connect'>;
};

/** How this gateway stands, and how operators see it among the others, if there are any. */
export function createNodes(options: NodesOptions): {
  read(): NodeReport;
  views(): NodeView[];
  /** The ways between them, for what operators ask one of another. */
  peers: Peers;
} {
  const { config, version, sessions, sockets, clock, router, reported } = options;
  const startedAt = clock.now();
  const read = () => ({
    is_draining: sessions.isClosing,
    sessions: sessions.size,
    workers: sessions.working().length,
    turns: sessions.busy().length,
    connections: sockets.size,
  });
  const toView = ({ node, startedAt, report, ...life }: ReportedNode, self: string): NodeView => ({
    ...{ ...life, name: node, started_at: new Date(startedAt).toISOString() },
    ...{ is_self: life.life === self, report: report ?? null },
  });
  const names = nodeNames(config);
  const alone = (): Reported => ({
    self: '',
    all: [{ ...names, life: '', version, startedAt, report: read() }],
  });
  const toPeer = ({ node, life }: ReportedNode): Peer => ({ name: node, life });
  return {
    read,
    views() {
      const { self, all } = reported() ?? alone();
      return all.map((node) => toView(node, self));
    },
    peers: {
      get isAlone() {
        return reported() === undefined;
      },
      get self() {
        return { name: names.node, life: reported()?.self ?? '' };
      },
      others() {
        const { self, all } = reported() ?? alone();
        const beside = all.filter(({ life }) => life !== self);
        return beside.toSorted((a, b) => b.startedAt - a.startedAt).map(toPeer);
      },
      connect: (life) => router.connect(life),
      clock,
    },
  };
}
