// node tests/bench/measure-second-core.ts [REPS]: what the thread of the sessions would be spared if another one stored.
import { setImmediate as nextRound } from 'node:timers/promises';
import { sessionRecord } from '../../apps/gateway/test/store/support/records.ts';
import { beginning, piece } from './hot-path/agent-lines.ts';
import { openHotPath } from './hot-path/open-path.ts';
import { markdownTable } from './report/markdown-table.ts';
import type { HandOver } from './second-core/hand-over.ts';
import { byMemory, byMessages, here } from './second-core/hand-overs.ts';
import { createHandedOverStore } from './second-core/handed-over-store.ts';
import { talk } from './second-core/talk.ts';
import { type Cost, costOf } from './second-core/thread-cost.ts';
import { spreadOf } from './statistics.ts';

const repetitions = Number(process.argv[2] ?? 5);
const sessions = 500;
const steps = 9_600;
/** Steps of one turn of the event loop: as many agents were heard in it. */
const groups = [1, 4, 32];

type Subject = { name: string; play(group: number): Promise<Cost> };

/** Steps as the ledger gives them to the store, alone. */
async function alone(
  stack: AsyncDisposableStack,
  name: string,
  open: () => Promise<HandOver>,
): Promise<Subject> {
  const way = stack.use(await open());
  const ids = Array.from({ length: sessions }, () => `sess_${crypto.randomUUID()}`);
  await way.store(ids.map((id) => ({ record: sessionRecord({ id, clientKey: id }) })));
  let count = 0;
  const next = () => {
    const id = ids[count % sessions] ?? '';
    count += 1;
    return talk(id, Math.ceil(count / sessions));
  };
  const play = (group: number) =>
    costOf(steps, async () => {
      for (let done = 0; done < steps; done += group) {
        await way.store(Array.from({ length: group }, next));
        await nextRound();
      }
    });
  return { name, play };
}

/** The whole way of a piece, from the bytes of a read to the bytes for a socket. */
async function onItsWay(name: string, group: number, open?: () => Promise<HandOver>): Promise<Cost> {
  await using thread = open && (await open());
  const other = thread && createHandedOverStore(thread);
  using path = await openHotPath(group, other?.store);
  const say = async (text: string, times: number) => {
    const read = Buffer.from(text);
    for (let time = 0; time < times; time += 1) {
      path.say(read);
      await nextRound();
      await other?.idle();
    }
  };
  await say(beginning, 1);
  await say(piece, 2_000 / group);
  const before = path.frames();
  const cost = await costOf(steps, () => say(piece, steps / group));
  const frames = path.frames() - before;
  if (frames !== steps) throw new Error(`${name}: of ${steps} pieces ${frames} were told`);
  return cost;
}

function print(title: string, costs: ReadonlyMap<string, readonly Cost[]>): void {
  const show = (values: readonly number[]) => {
    const { median, least, most } = spreadOf(values);
    return `**${median.toFixed(1)}** (${least.toFixed(1)}–${most.toFixed(1)})`;
  };
  const rows = [...costs].map(([name, all]) => [
    ...[name, show(all.map(({ main }) => main))],
    ...[show(all.map(({ all }) => all)), show(all.map(({ took }) => took))],
  ]);
  const head = [title, 'thread of the sessions, µs', 'all threads, µs', 'passed, µs'];
  console.log(`${markdownTable({ head, rows, words: 1 })}\n`);
}

const costs = new Map<string, Cost[]>();
const note = (name: string, cost: Cost) => costs.set(name, [...(costs.get(name) ?? []), cost]);

await using stack = new AsyncDisposableStack();
const subjects = [
  await alone(stack, 'stored here', here),
  await alone(stack, 'handed over as messages', byMessages),
  await alone(stack, 'handed over in shared memory', byMemory),
];
for (const { play } of subjects) await play(8);
for (const group of groups)
  for (let repetition = 0; repetition < repetitions; repetition += 1)
    for (const { name, play } of subjects) note(`${name}, ${group} at once`, await play(group));
print('a step alone', costs);

costs.clear();
for (const group of groups)
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    note(`stored here, ${group} at once`, await onItsWay('stored here', group));
    note(`handed over as messages, ${group} at once`, await onItsWay('handed over', group, byMessages));
  }
print('a piece of text on its way', costs);
