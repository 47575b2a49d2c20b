import { expect } from 'vitest';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { createIds } from '../../src/ground/ids.ts';
import { silentLogger } from '../../src/ground/logger.ts';
import { noMetrics } from '../../src/ground/metrics.ts';
import { Session } from '../../src/session/session.ts';
import type { Subscriber } from '../../src/session/subscriber.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { createReplicatedStore } from '../../src/store/replicated/replicated-store.ts';
import type { EventRecord, SessionStore } from '../../src/store/store.ts';
import type { StartWorker } from '../../src/worker/worker.ts';
import { createHandLog } from '../support/hand-log.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { noFiles } from '../support/no-files.ts';
import { noPolicy } from '../support/no-policy.ts';
import { createScriptedWorker } from '../support/scripted-worker.ts';
import { freshRecord, limits } from './open-session.ts';

/** A client that follows the session wherever it goes on, from where it stopped. */
export class Follower implements Subscriber {
  readonly heard: EventRecord[] = [];
  wasSentAway = false;
  #detach = () => {};

  follow(session: Session): void {
    this.#detach();
    this.wasSentAway = false;
    this.#detach = session.attach(this);
    this.deliver(session.events(this.#lastSeq, 100_000));
    expect(session.record.lastSeq).toBe(this.#lastSeq);
  }

  deliver(events: readonly EventRecord[]): void {
    expect(this.wasSentAway).toBe(false);
    for (const event of events) {
      expect(event.seq, 'told twice, or one is missing').toBe(this.#lastSeq + 1);
      this.heard.push(event);
    }
  }

  sendAway(): void {
    this.wasSentAway = true;
  }

  get #lastSeq(): number {
    return this.heard.at(-1)?.seq ?? 0;
  }
}

/** Nodes that share a database, each with its own agents, and one session that goes from node to node. */
export function openCluster() {
  const shared = createMemoryStore();
  const hand = createHandLog(shared);
  const clock = createManualClock();
  const ids = createIds();
  const prompted: string[] = [];

  /** What an agent hears is in the shared database by then. */
  function watch(start: StartWorker): StartWorker {
    return (options, listener) => {
      const worker = start(options, listener);
      const note = (inputId: string) => {
        expect(shared.input('s', inputId)?.turnId, `${inputId} is not settled`).toBeTruthy();
        expect(prompted, 'given twice').not.toContain(inputId);
        prompted.push(inputId);
      };
      return {
        ...worker,
        prompt(input) {
          note(input.inputId);
          worker.prompt(input);
        },
        steer(input) {
          note(input.inputId);
          worker.steer?.(input);
        },
        respond(response) {
          const row = shared.interaction('s', response.id);
          if (row) expect(row.status, `${response.id} is answered and not settled`).toBe('resolved');
          worker.respond?.(response);
        },
      };
    };
  }

  /** Another node takes the session; the one before may not know yet, or be dead. */
  function startNode() {
    const life = { isOver: false };
    const worker = createScriptedWorker();
    const local = createMemoryStore();
    const lost: string[] = [];
    const ownClock = {
      ...clock,
      after: (ms: number, fire: () => void) => clock.after(ms, () => life.isOver || fire()),
    };
    const replicated = createReplicatedStore({
      ...{ local, shared, claim: hand.claim, clock: ownClock, logger: silentLogger },
      log: {
        append: (writes) =>
          hand.log.append(writes).then((outcomes) => (life.isOver ? new Promise<never>(() => {}) : outcomes)),
      },
      onLost: (sessionId) => lost.push(sessionId),
      onRemoved: () => {},
    });
    const commit: SessionStore['commit'] = (...what) => {
      if (life.isOver) throw new GatewayError('GATEWAY_OVERLOAD', 'this node is dead');
      replicated.commit(...what);
    };
    const options = {
      ...{
        clock: ownClock,
        ids,
        logger: silentLogger,
        metrics: noMetrics,
        limits,
        files: noFiles,
        ...noPolicy,
      },
      store: { ...replicated, commit },
      definition: { ...worker.definition, start: watch(worker.definition.start) },
      makeRoom: () => {},
      hasRoom: () => true,
      supervise: (start: StartWorker) => start,
      processes: { has: () => false, reap: async () => {} },
      onReady: () => {},
    };
    const bring = () => new Session(replicated.find('s') ?? freshRecord, options);
    return { life, worker, local, lost, replicated, bring };
  }

  /** A session begins on the first node. */
  function begin() {
    const node = startNode();
    node.replicated.create(freshRecord);
    return { ...node, session: node.bring() };
  }

  /** Another node becomes its owner and goes on from what is shared. */
  function takeOver() {
    const node = startNode();
    node.replicated.take('s', hand.claim('s'));
    const session = node.bring();
    session.recover(Promise.resolve());
    return { ...node, session };
  }

  return { shared, hand, clock, prompted, begin, takeOver };
}

export type Node = ReturnType<ReturnType<typeof openCluster>['begin']>;
