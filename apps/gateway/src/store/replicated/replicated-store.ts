import type { Clock } from '../../ground/clock.ts';
import { GatewayError } from '../../ground/gateway-error.ts';
import type { Logger } from '../../ground/logger.ts';
import type { SharedChange, SharedLog } from '../shared-log.ts';
import type { Commit, SessionStore, Store } from '../store.ts';
import { HeldSession } from './held-session.ts';
import { hydrate } from './hydrate.ts';
import { LogShipper } from './log-shipper.ts';
import { createReadThrough } from './read-through.ts';
import { UnsettledUsage } from './unsettled-usage.ts';

export type ReplicatedStoreOptions = {
  /** A copy of the sessions that this node works for; empty, and nothing but a cache. */
  local: SessionStore;
  /** The database that all nodes share. */
  shared: Store;
  /** The same one, for what is written step by step. */
  log: SharedLog;
  /** Makes a session that is about to begin this node's; returns its fence. Throws GatewayError if it is another's. */
  claim(sessionId: string): number;
  /** A session went to another node: nothing more is written to it here. */
  onLost(sessionId: string): void;
  /** A session is gone for good. */
  onRemoved(sessionId: string): void;
  clock: Clock;
  logger: Logger;
};

export type ReplicatedStore = Store & {
  /** Brings a session here, of which this node is the owner now. */
  take(sessionId: string, fence: number): void;
  /** Forgets a session: another node is its owner, or may become it. What is not settled of it never will be. */
  drop(sessionId: string): void;
  /** What was written and is not there yet: how much, and for how long the oldest of it has waited. */
  unsettled(): { bytes: number; ms: number };
  /** Resolves once all that was written is in the shared database. */
  flush(): Promise<void>;
};

/**
 * The store of a node that shares its database with others: it works on a copy of its own, as fast as one that is alone, and
 * sends what it writes to the shared database, which alone is the truth. `awaitSettled` says when it is there.
 */
export function createReplicatedStore(options: ReplicatedStoreOptions): ReplicatedStore {
  const { local, shared, claim, onLost, onRemoved } = options;
  const shipper = new LogShipper(options);
  const usage = new UnsettledUsage();
  const sessions = new Map<string, HeldSession>();
  const held = (sessionId: string) => sessions.get(sessionId);

  function ship(session: HeldSession, change: SharedChange & { commit: Commit }, now: number): void {
    const number = session.next();
    const { sessionId, fence } = session;
    const forget = change.commit.usage && usage.add(change.commit.usage, now);
    shipper.add({ sessionId, fence, number, ...change }, (outcome) => {
      forget?.();
      if (outcome === 'stored') session.settle(number);
      else lose(session, outcome === 'fenced' ? moved() : refused());
    });
  }

  function lose(session: HeldSession, reason: GatewayError): void {
    if (sessions.get(session.sessionId) !== session) return;
    leave(session.sessionId);
    session.lose(reason);
    onLost(session.sessionId);
  }

  function leave(sessionId: string): void {
    sessions.delete(sessionId);
    local.remove(sessionId);
  }

  function removed(sessionId: string): void {
    if (held(sessionId)) leave(sessionId);
    onRemoved(sessionId);
  }

  /** Of a session that has begun here. */
  function hold(sessionId: string, earlier?: { firstHere: number; firstOfAll: number }): HeldSession {
    const session = new HeldSession(sessionId, held(sessionId)?.fence ?? claim(sessionId), earlier);
    sessions.set(sessionId, session);
    return session;
  }

  return {
    ...shared,
    ...createReadThrough({ local, shared, held }),
    unfinished: () => local.unfinished(),
    usage: (query) => usage.addTo(shared, query),
    create(record, commit = {}) {
      shipper.requireRoom();
      local.create(record, ownPartOf(commit));
      ship(hold(record.id), { kind: 'create', record, commit }, record.updatedAt);
    },
    fork(record, from, commit) {
      const firstOfAll = held(from)?.firstOfAll ?? shared.oldestSeq(from);
      shipper.requireRoom();
      local.create(record, ownPartOf(commit));
      const session = hold(record.id, { firstHere: record.lastSeq + 1, firstOfAll });
      ship(session, { kind: 'fork', record, from, commit }, record.updatedAt);
    },
    commit(sessionId, commit, now) {
      const session = held(sessionId);
      if (!session) throw moved();
      shipper.requireRoom();
      local.commit(sessionId, ownPartOf(commit), now);
      ship(session, { kind: 'commit', commit, now }, now);
    },
    holds: (sessionId) => sessions.has(sessionId),
    awaitSettled: (sessionId, told) => held(sessionId)?.listen(told) ?? false,
    removePart(sessionId, rows) {
      if (held(sessionId)?.isSettled === false) return false;
      const isGone = shared.removePart(sessionId, rows);
      if (isGone) removed(sessionId);
      return isGone;
    },
    remove(sessionId) {
      shared.remove(sessionId);
      removed(sessionId);
    },
    take(sessionId, fence) {
      sessions.set(sessionId, hydrate({ sessionId, fence }, { local, shared }));
    },
    drop(sessionId) {
      const session = held(sessionId);
      if (!session) return;
      leave(sessionId);
      session.lose(moved());
    },
    unsettled: () => shipper.waiting,
    flush: () => shipper.flush(),
    close() {
      shipper.close();
      local.close();
      shared.close();
    },
  };
}

/** What belongs to no session is in the shared database alone. */
function ownPartOf({ audit: _, usage: __, deliveries: ___, ...own }: Commit): Commit {
  return own;
}

const moved = () =>
  new GatewayError('RECONNECT_REQUIRED', 'this session goes on at another node: connect again to get there');

const refused = () =>
  new GatewayError(
    'RECONNECT_REQUIRED',
    'the last step of this session cannot be stored, and did not happen: connect again',
  );
