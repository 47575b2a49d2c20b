import type { Duplex } from 'node:stream';
import type { Bus } from './cluster/bus.ts';
import { ClusterRouter } from './cluster/cluster-router.ts';
import { LeaseDoubt } from './cluster/lease-doubt.ts';
import { LostWork } from './cluster/lost-work.ts';
import { NodeReports, type ReportedNode } from './cluster/node-reports.ts';
import type { Router } from './cluster/router.ts';
import { SessionNotices } from './cluster/session-notices.ts';
import { SharedRates } from './cluster/shared-rates.ts';
import { UserShares } from './cluster/user-shares.ts';
import type { ClusterParts } from './gateway-cluster.ts';
import type { GatewayLives } from './gateway-lives.ts';
import { atMost } from './ground/at-most.ts';
import { logOf } from './ground/logger.ts';
import type { NodeReport } from './ground/node-report.ts';
import type { OpenRate } from './ground/rate-limit.ts';
import { nowhereElse, type ShareElsewhere, type UserShare } from './ground/user-share.ts';
import { movedOn } from './session/ask-owner.ts';
import type { SessionRegistry } from './session/session-registry.ts';
import { createReplicatedStore } from './store/replicated/replicated-store.ts';
import type { SharedPostgres } from './store/shared-postgres.ts';
import type { SessionStore, Store } from './store/store.ts';

type NodeParts = Omit<ClusterParts, 'config' | 'version'> & {
  leaseMs: number;
  bus: Bus;
  shared: SharedPostgres;
  /** As which life it was opened. */
  writesAs: string;
  /** A copy of the sessions that are worked for here, empty. */
  local: SessionStore;
  lives: GatewayLives;
  /** Gives the folder of this gateway free. */
  release(): void;
};

/** What does not get to the shared database within this time never was, for others; ms. */
const flushMs = 5_000;

/** A gateway as one of several, in the order in which it does these things. */
export type GatewayNode = {
  store: Store;
  router: Router;
  /** What happens in the sessions of other nodes. */
  notices: SessionNotices;
  /** Sessions can be brought here. What this gateway had before it ended is in the store now, to be recovered. */
  attach(sessions: SessionRegistry): Promise<void>;
  /** What was its own goes on: now other nodes may ask it, and it takes up what lost ones left. */
  begin(how: {
    answer(stream: Duplex): void;
    read(): NodeReport;
    readShares(): ReadonlyMap<string, UserShare>;
  }): void;
  /** What a user has at the others, as far as is known. */
  shareElsewhere: ShareElsewhere;
  /** A rate that holds for all nodes together. */
  openRate: OpenRate;
  /** What can be measured of it. */
  standing(): { nodes: number; isHeld: boolean; unsettled: { bytes: number; ms: number } };
  /** What the sessions that are worked for here are doing. */
  countByState: SessionStore['countByState'];
  /** The sessions that are worked for here. */
  list: SessionStore['list'];
  /** All nodes as they say that they stand; undefined before it has begun. */
  reported(): { self: string; all: ReportedNode[] } | undefined;
  /**
   * Gives its sessions away, each once its turn is over, but for those whose agents are kept for its next life. Called
   * again it says when that is done.
   */
  leave(how: { keepAgents: boolean }): Promise<void>;
  /** All that was written is in the shared database, and nobody counts on this node, unless on its next life. */
  close(how: { keepAgents: boolean }): Promise<void>;
};

/** Puts together what makes a gateway one of several. */
export function openNode(parts: NodeParts): GatewayNode {
  const { bus, shared, writesAs, local, lives, leaseMs, clock, random, release } = parts;
  const { owners } = shared.log;
  const logger = logOf('cluster', parts.logger);
  const its: {
    sessions?: SessionRegistry;
    isGoing: boolean;
    lostWork?: LostWork;
    reports?: NodeReports;
    shares?: UserShares;
    leaving?: Promise<void>;
  } = { isGoing: false };

  const store = createReplicatedStore({
    ...{ local, shared: shared.store, log: shared.log, clock, logger: logOf('store', parts.logger) },
    claim: (sessionId) => router.begin(sessionId),
    onLost(sessionId) {
      router.forget(sessionId);
      its.sessions?.live(sessionId)?.lose(movedOn());
    },
    onRemoved: (sessionId) => router.forget(sessionId),
  });
  const router = new ClusterRouter({
    ...{ bus, owners, writesAs, clock, logger, random },
    bring(sessionId, { fence }) {
      store.take(sessionId, fence);
      if (its.isGoing) its.sessions?.takeUp(sessionId);
    },
    drop(sessionId) {
      its.sessions?.live(sessionId)?.lose(movedOn());
      store.drop(sessionId);
    },
    async hand(sessionId) {
      await its.sessions?.handOver(sessionId);
      store.drop(sessionId);
    },
  });
  const notices = new SessionNotices({ bus, clock });
  const rates = new SharedRates({ bus, clock, random });
  const doubt = new LeaseDoubt({ bus, router, clock, logger, leaseMs });
  bus.onLost(() => lives.add(bus.self.life));

  return {
    store,
    router,
    notices,
    async attach(sessions) {
      its.sessions = sessions;
      lives.add(bus.self.life);
      for (const life of lives.past) await owners.inherit(life, bus.self.life);
      lives.settle();
      for (const sessionId of await owners.unfinishedOf(bus.self.life)) {
        await router.place(sessionId).catch((error: unknown) => {
          logger.warn({ session: sessionId, error: String(error) }, 'a session was not taken up again');
        });
      }
    },
    begin({ answer, read, readShares }) {
      its.isGoing = true;
      bus.onConnect(answer);
      its.lostWork = new LostWork({ bus, owners, router, clock, logger, random });
      void its.lostWork.look();
      its.reports = new NodeReports({ bus, read, clock });
      its.shares = new UserShares({ bus, read: readShares, clock });
    },
    shareElsewhere: (user) => its.shares?.elsewhere(user) ?? nowhereElse(user),
    openRate: (name, rate) => rates.open(name, rate),
    standing: () => ({ nodes: bus.nodes().length, isHeld: bus.isHeld, unsettled: store.unsettled() }),
    countByState: () => local.countByState(),
    list: (query) => local.list(query),
    reported: () => its.reports && { self: bus.self.life, all: its.reports.all() },
    leave({ keepAgents }) {
      its.leaving ??= router.leave(
        (sessionId) => !(keepAgents && its.sessions?.live(sessionId)?.canBeTakenOver),
      );
      return its.leaving;
    },
    async close({ keepAgents }) {
      its.lostWork?.close();
      its.reports?.close();
      its.shares?.close();
      notices.close();
      doubt.close();
      router.close();
      await atMost(clock, flushMs, [store.flush()]);
      await bus.close({ keepLease: keepAgents });
      await shared.log.close();
      store.close();
      release();
    },
  };
}
