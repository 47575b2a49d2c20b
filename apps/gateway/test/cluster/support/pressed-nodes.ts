import { SharedRates } from '../../../src/cluster/shared-rates.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { SlowCluster } from './slow-cluster.ts';

/** How long words are on their way, milliseconds, and which part of them never arrives. */
type Way = { quickestMs?: number; slowestMs: number; lost: number };

/** Nodes that count the prompts of one user together, so many a minute. */
export function openNodes({
  count,
  limit,
  way,
  dice,
}: {
  count: number;
  limit: number;
  way: Way;
  dice: number;
}) {
  const clock = createManualClock();
  const random = createDice(dice);
  const delay = ({ quickestMs = 0, slowestMs, lost }: Way) =>
    random() < lost ? undefined : quickestMs + Math.floor(random() * (slowestMs - quickestMs));
  const cluster = new SlowCluster({ clock, delay: () => delay(way) });
  const admitted: number[] = [];
  let asks = 0;
  const join = () => {
    const bus = cluster.open();
    const { tell } = bus;
    bus.tell = (topic, data) => {
      if (topic === 'rate-asks') asks += 1;
      tell(topic, data);
    };
    const rate = new SharedRates({ bus, clock, random }).open('prompts', {
      ...{ perSecond: limit / 60, burst: limit },
    });
    /** Sends so many prompts at once; those that pass are counted. */
    const send = (times: number) => {
      let passed = 0;
      for (let time = 0; time < times; time += 1) if (rate.take('ann') === 0) passed += 1;
      for (let time = 0; time < passed; time += 1) admitted.push(clock.elapsed());
      return passed;
    };
    /** Sends all that pass, every 20 ms; calls `each` after each time. */
    const press = (ms: number, each: (passed: number, ms: number) => void = () => {}) => {
      let passed = 0;
      for (let at = 0; at < ms; at += 20) {
        while (send(1) === 1) passed += 1;
        each(passed, at);
        clock.advance(20);
      }
      return passed;
    };
    return { bus, send, press, wait: () => rate.take('ann') };
  };
  const nodes = Array.from({ length: count }, join);
  const node = (index: number) => nodes[index % nodes.length] ?? join();
  return { clock, nodes, node, admitted, join: () => void nodes.push(join()), asks: () => asks };
}

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
export function createDice(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
