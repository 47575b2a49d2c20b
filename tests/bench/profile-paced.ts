// node tests/bench/profile-paced.ts [SESSIONS [RATE]]: where the gateway's time goes while agents talk, by its parts.
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sum } from '../../apps/gateway/src/ground/sum.ts';
import { openClient } from './open-client.ts';
import { pin } from './processors.ts';
import { type CpuProfile, shareOut } from './profile/share-out.ts';
import { markdownTable } from './report/markdown-table.ts';
import { buildRig } from './rig.ts';
import { startHotplex } from './subjects/hotplex.ts';

const [sessions = 500, rate = 10] = process.argv.slice(2).map(Number);
const seconds = 8;
const spreadMs = 200;
/** Of a turn its beginning and its end are left out: what they cost is not the price of a piece. */
const margin = 1_000_000;

/** Keeps a profile of a gateway's whole life in a folder; returns when in it all agents talked, microseconds. */
async function record(folder: string): Promise<readonly [from: number, to: number]> {
  using rig = buildRig();
  const nodeArgs = ['--cpu-prof', '--cpu-prof-interval=500', `--cpu-prof-dir=${folder}`];
  await using running = await startHotplex(rig, [], nodeArgs);
  await using client = await openClient(rig, running, sessions);
  await client.turn({ pieces: 1, rate: 0, spreadMs });
  await client.turn({ pieces: (rate * seconds) / 2, rate, spreadMs });
  // The clock of the profiler is this one (CLOCK_MONOTONIC).
  const now = () => Number(process.hrtime.bigint() / 1_000n);
  const from = now();
  await client.turn({ pieces: rate * seconds, rate, spreadMs });
  const to = now();
  await running.gateway.stop();
  return [from + margin, to - margin];
}

pin(process.pid, 'others');
const folder = mkdtempSync(join(tmpdir(), 'hotplex-profile-'));
try {
  const between = await record(folder);
  const [file = ''] = globSync(join(folder, '*.cpuprofile'));
  const parts = shareOut(JSON.parse(readFileSync(file, 'utf8')) as CpuProfile, between);
  const pieces = (sessions * rate * (between[1] - between[0])) / 1e6;
  const busy = sum(parts.map(({ us }) => us));
  const rows = [...parts, { part: 'all', us: busy }].map(({ part, us }) => [
    part,
    `${((us / busy) * 100).toFixed(1)} %`,
    (us / pieces).toFixed(1),
  ]);
  console.log(`${sessions} × ${rate}/s, the main thread\n`);
  console.log(markdownTable({ head: ['part', 'share', 'µs a piece'], rows, words: 1 }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
