// pnpm bench:soak [--minutes 60] [--sessions 100] [--speakers 16] [--seed N] [--from FILE]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pin } from './processors.ts';
import { buildRig } from './rig.ts';
import { judgeGrowth } from './soak/judge-soak.ts';
import { runSoak, type Soak } from './soak/run-soak.ts';
import { toSoakReport } from './soak/to-soak-report.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    sessions: { type: 'string', default: '100' },
    /** How many agents speak at a time, on average. */
    speakers: { type: 'string', default: '16' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    /** An earlier soak, or one that goes on, to be reported. */
    from: { type: 'string' },
  },
});
const kept = fileURLToPath(new URL('../../bench-results/', import.meta.url));

/** What there is so far is kept each minute. */
function keep(soak: Soak): void {
  mkdirSync(kept, { recursive: true });
  writeFileSync(`${kept}soak.json`, `${JSON.stringify(soak, null, 1)}\n`);
}

function onMinute(soak: Soak): void {
  keep(soak);
  const last = soak.minutes.at(-1);
  if (!last) return;
  const { minute, resident, heap, eventsPerSecond, busyPercent } = last;
  console.log(
    `minute ${minute}: ${resident.toFixed(1)} MiB, JavaScript ${heap.toFixed(1)} MiB, ` +
      `${eventsPerSecond.toFixed(0)} events/s, ${busyPercent.toFixed(1)} % of a processor`,
  );
}

async function soakNow(): Promise<Soak> {
  pin(process.pid, 'others');
  using rig = buildRig();
  const [minutes, sessions] = [Number(values.minutes), Number(values.sessions)];
  const [speakers, seed] = [Number(values.speakers), Number(values.seed)];
  console.log(`seed ${seed}`);
  return await runSoak({ rig, minutes, sessions, speakers, seed, onMinute });
}

const soak: Soak =
  values.from === undefined ? await soakNow() : JSON.parse(readFileSync(values.from, 'utf8'));
if (values.from === undefined) keep(soak);
console.log(`\n${toSoakReport(soak)}`);
const isFlat = judgeGrowth(soak).every(({ verdict }) => verdict !== 'grows');
process.exitCode = isFlat && soak.deeds.problems.length === 0 ? 0 : 1;
