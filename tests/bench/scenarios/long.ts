import { residentMemory } from '../../support/resident-memory.ts';
import { grow } from '../long/grow.ts';
import { type NamedSession, openNamedSession } from '../long/named-session.ts';
import { untilHeardAgain } from '../long/until-heard.ts';
import { untilIndexed } from '../long/until-indexed.ts';
import { lastWord, uses } from '../long/uses.ts';
import { waitOfOthers } from '../long/wait-of-others.ts';
import { waitForQuiet } from '../quiet.ts';
import { type RunningHotplex, startHotplex } from '../subjects/hotplex.ts';
import type { Bar, Bench, Run, Scenario } from './scenario.ts';

const events = 1_000_000;
/** Enough for all that is done with it. */
const eventsOfNew = 20_000;
const fork = 'forked: the longest that others wait meanwhile';
const restart = 'killed in a turn, until its agent is heard again';
const memory = 'memory of the gateway, MiB';

/** Whether a session that is as old as can be is as fast as a new one. */
export const long: Scenario = {
  name: 'long',
  title: 'Long sessions',
  about:
    `Two sessions of one gateway, of ${eventsOfNew.toLocaleString('en')} and of ${events.toLocaleString('en')} events, are used in turn, with agents ` +
    'that run already: milliseconds. A hot turn and a piece of text are measured as above; opening ends when a client has what it missed; ' +
    'a page by HTTP has 1,000 events. Searches look through all sessions of a user: before the second one grew, and after. So is ' +
    'memory looked at. Each is forked, while somebody else asks for something small again and again. At the end the gateway is killed ' +
    'while an agent speaks, and started again.',
  columns: [
    { title: 'new', figure: 'newMs', digits: 2 },
    { title: 'long', figure: 'longMs', digits: 2 },
    { title: 'long by new', figure: 'ratio', digits: 2 },
  ],
  bars: [
    ...[...Object.keys(uses), restart].map(
      (name): Bar => ({
        says: `long sessions: ${name}, by a new one’s`,
        ...{ case: name, figure: 'ratio', atMost: 1.25 },
      }),
    ),
    { says: `long sessions: ${fork}, ms`, case: fork, figure: 'longMs', atMost: 50 },
  ],
  isLong: true,
  measure: useBoth,
};

async function* useBoth({ rig, repetitions, quick }: Bench): AsyncGenerator<Run> {
  const [short, many] = quick ? [eventsOfNew, eventsOfNew * 2] : [eventsOfNew, events];
  await using running = await startHotplex(rig);
  const fresh = await openGrown(short, running);
  const before = residentMemory(running.pid);
  const searched = await searchAgainAndAgain();
  const old = await openGrown(many, running);
  yield toRun(memory, [before, residentMemory(running.pid)]);
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const [name, use] of Object.entries(uses)) {
      const noise = await waitForQuiet({ quick });
      const newMs = searched.get(name)?.[repetition] ?? (await use(fresh, running));
      yield toRun(name, [newMs, await use(old, running)], noise);
    }
  }
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const noise = await waitForQuiet({ quick });
    const newMs = await waitOfOthers(running, fresh.id);
    yield toRun(fork, [newMs, await waitOfOthers(running, old.id)], noise);
  }
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const noise = await waitForQuiet({ quick });
    const newMs = await untilHeardAgain(running, fresh.id);
    yield toRun(restart, [newMs, await untilHeardAgain(running, old.id)], noise);
  }

  async function openGrown(to: number, gateway: RunningHotplex): Promise<NamedSession> {
    const session = await openNamedSession(rig, gateway, `of-${to}`);
    await grow(session, { pid: gateway.pid, to });
    await session.speak((client) => client.turn({ pieces: 1, rate: 0, words: lastWord }));
    await untilIndexed(gateway, session.id, lastWord);
    return session;
  }

  /** What is searched is all sessions, so a new one alone is had only before there is a long one. */
  async function searchAgainAndAgain(): Promise<Map<string, number[]>> {
    const taken = new Map<string, number[]>();
    for (const [name, use] of Object.entries(uses).filter(([name]) => name.startsWith('a search'))) {
      const times: number[] = [];
      for (let time = 0; time < repetitions; time += 1) times.push(await use(fresh, running));
      taken.set(name, times);
    }
    return taken;
  }
}

function toRun(name: string, [newMs, longMs]: readonly [number, number], noise?: number): Run {
  const figures = { newMs, longMs, ratio: longMs / newMs, ...(noise === undefined ? {} : { noise }) };
  return { case: name, subject: 'hotplex', figures };
}
