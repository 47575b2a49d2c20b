import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../../chaos/random.ts';
import { openOperators } from '../../support/operators.ts';
import { startGateway } from '../../support/start-gateway.ts';
import { onProcessor } from '../processors.ts';
import { describeMachine } from '../report/describe-machine.ts';
import type { Rig } from '../rig.ts';
import { benchEnvironment } from '../subjects/hotplex.ts';
import { type Deeds, live } from './live.ts';
import { type Look, lookAtGateway } from './look-at-gateway.ts';
import { type Minute, sumUp } from './minute.ts';

/** What a soak found, as it is kept. */
export type Soak = {
  /** ISO 8601. */
  began: string;
  machine: string;
  seed: number;
  sessions: number;
  /** How many agents speak at a time, on average. */
  speakers: number;
  minutes: Minute[];
  deeds: Deeds;
};

export type SoakOptions = {
  rig: Rig;
  minutes: number;
  sessions: number;
  speakers: number;
  seed: number;
  /** How many milliseconds a minute has; only tests have shorter ones. */
  minuteMs?: number;
  /** Hears all there is so far, after each minute. */
  onMinute(soak: Soak): void;
};

const looksPerMinute = 6;

/** Lets a gateway, as an operator would start it, work for its sessions as long as it is wanted, and looks at it meanwhile. */
export async function runSoak(options: SoakOptions): Promise<Soak> {
  const { rig, minutes, sessions, speakers, seed, minuteMs = 60_000, onMinute } = options;
  const { env } = await openOperators();
  await using gateway = await startGateway({
    command: onProcessor('measured', [process.execPath]),
    env: { ...env, ...benchEnvironment(rig) },
  });
  const { pid = 0 } = gateway.process;
  const { port } = new URL(`http://${env.HOTPLEX_ADMIN_ADDR}`);
  const operators = { port: Number(port), token: env.HOTPLEX_ADMIN_TOKEN };
  const deeds: Deeds = { turns: 0, connections: 0, agentsEnded: 0, sessionsDeleted: 0, problems: [] };
  const soak: Soak = {
    ...{ began: new Date().toISOString(), machine: describeMachine() },
    ...{ seed, sessions, speakers, minutes: [], deeds },
  };
  const enough = new AbortController();
  const { signal } = enough;
  const random = createRandom(seed);
  const lives = Array.from({ length: sessions }, () =>
    live({
      ...{ url: gateway.url, deeds, signal, speaks: speakers / sessions },
      random: createRandom(random.between(0, 2 ** 31)),
    }),
  );
  const began = performance.now();
  const look = () => lookAtGateway({ pid, dataDir: gateway.dataDir, operators }, performance.now() - began);
  try {
    let last: Look = await look();
    for (let minute = 1; minute <= minutes; minute += 1) {
      const looks: [Look, ...Look[]] = [last];
      for (let number = 1; number <= looksPerMinute; number += 1) {
        const next = (minute - 1 + number / looksPerMinute) * minuteMs;
        await sleep(Math.max(0, next - (performance.now() - began)));
        last = await look();
        looks.push(last);
      }
      soak.minutes.push(sumUp(minute, looks));
      onMinute(soak);
    }
  } finally {
    enough.abort();
    await Promise.all(lives);
  }
  return soak;
}
