import type { ReportedNode } from './cluster/node-reports.ts';
import type { Config } from './config-schema.ts';
import type { Clock } from './ground/clock.ts';
import type { NodeReport } from './ground/node-report.ts';
import type { NodeView } from './http/admin/nodes.ts';
import { nodeNames } from './node-names.ts';
import type { SessionRegistry } from './session/session-registry.ts';

type NodesOptions = {
  config: Pick<Config, 'cluster'>;
  version: string;
  sessions: Pick<SessionRegistry, 'size' | 'working' | 'busy' | 'isClosing'>;
  sockets: { readonly size: number };
  clock: Clock;
};

/** How this gateway stands, and how operators see it among the others, if there are any. */
export function createNodes({ config, version, sessions, sockets, clock }: NodesOptions): {
  read(): NodeReport;
  views(others: { self: string; all: readonly ReportedNode[] } | undefined): NodeView[];
} {
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
  const alone = (): ReportedNode => ({
    ...nodeNames(config),
    ...{ life: '', version, startedAt, report: read() },
  });
  return {
    read,
    views: (others) => (others ? others.all.map((node) => toView(node, others.self)) : [toView(alone(), '')]),
  };
}
