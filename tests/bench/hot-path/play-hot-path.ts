// node tests/bench/hot-path/play-hot-path.ts [--write]: what a piece of text of an agent costs, counted; or the new baseline.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beginning, piece } from './agent-lines.ts';
import { type Counts, look, startCounting } from './counters.ts';
import { type HotPath, openHotPath } from './open-path.ts';

type Cost = Counts & { frames: number };

/** How many pieces one read brings, and how many reads there are; the first ones are for the compilers. */
const shapes = {
  /** Agents at the pace of a model. */
  paced: { pieces: 1, before: 200, counted: 200 },
  /** Agents that fill every read. */
  flood: { pieces: 500, before: 20, counted: 20 },
} as const;
const sessions = 10;
/** What is allocated depends on the version of V8, and that on this. */
const nodeMajor = Number.parseInt(process.versions.node, 10);
const baseline = fileURLToPath(new URL('baseline.json', import.meta.url));

/** For each piece of text. */
function costOf(path: HotPath, { pieces, before, counted }: (typeof shapes)[keyof typeof shapes]): Cost {
  path.say(Buffer.from(beginning));
  const read = Buffer.from(piece.repeat(pieces));
  for (let done = 0; done < before; done += 1) path.say(read);
  const first = { ...look(), frames: path.frames() };
  for (let done = 0; done < counted; done += 1) path.say(read);
  const last = { ...look(), frames: path.frames() };
  const per = (key: keyof Cost) => (last[key] - first[key]) / (counted * sessions * pieces);
  return {
    ...{ allocated: per('allocated'), statements: per('statements'), written: per('written') },
    ...{ json: per('json'), frames: per('frames') },
  };
}

async function play(shape: keyof typeof shapes): Promise<Cost> {
  using path = await openHotPath(sessions);
  return costOf(path, shapes[shape]);
}

startCounting();
const counted = { node: nodeMajor, paced: await play('paced'), flood: await play('flood') };
if (process.argv.includes('--write')) {
  if (Number.isNaN(counted.paced.allocated))
    throw new Error('this Node does not tell what it allocated: take a newer one');
  writeFileSync(baseline, `${JSON.stringify(counted, null, 2)}\n`);
}
console.log(JSON.stringify(counted, null, 2));
