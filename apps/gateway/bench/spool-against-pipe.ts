// Measures what a spool costs beside a pipe, on the gateway's own path from a child's write to `onLines`: the latency of
// lines at the pace of a model, and the gateway's time per line when they come five times as fast. Runs alternate, so that both
// meet the same machine. Run: node apps/gateway/bench/spool-against-pipe.ts [rounds]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock as clock } from '../src/ground/clock.ts';
import { createSpawnProcess } from '../src/process/spawn-process.ts';

const kinds = ['pipe', 'spool'] as const;
type Kind = (typeof kinds)[number];
type Figures = { latencies: number[]; cpuUs: number[] };

const rounds = Number(process.argv[2] ?? 5);
const [paced, fast] = [
  { rate: 200, count: 400 },
  { rate: 1_000, count: 2_000 },
];
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const spawn = createSpawnProcess({ clock, registry: { folder, spool: true } });

/** Microseconds from each write to its line, and microseconds of our own time per line. */
function run(kind: Kind, { rate, count }: typeof paced) {
  const latencies: number[] = [];
  const before = process.cpuUsage();
  return new Promise<{ latencies: number[]; cpuUs: number }>((resolve) => {
    spawn(
      {
        file: process.execPath,
        args: [fileURLToPath(new URL('stamps.mjs', import.meta.url)), String(rate), String(count)],
        ...{ cwd: tmpdir(), env: {}, lasting: kind === 'spool' },
      },
      {
        onLines(lines) {
          const now = process.hrtime.bigint();
          for (const line of lines)
            latencies.push(Number(now - BigInt(line.slice(0, line.indexOf(' ')))) / 1_000);
        },
        onExit() {
          const { user, system } = process.cpuUsage(before);
          resolve({ latencies, cpuUs: (user + system) / count });
        },
      },
    );
  });
}

function quantile(values: readonly number[], q: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * q)] ?? Number.NaN;
}

const figures: Record<Kind, Figures> = {
  pipe: { latencies: [], cpuUs: [] },
  spool: { latencies: [], cpuUs: [] },
};
for (let round = 0; round < rounds; round += 1) {
  for (const kind of round % 2 === 0 ? kinds : kinds.toReversed()) {
    figures[kind].latencies.push(...(await run(kind, paced)).latencies);
    figures[kind].cpuUs.push((await run(kind, fast)).cpuUs);
  }
}
rmSync(folder, { recursive: true });
const rows = kinds.map((kind) => {
  const { latencies, cpuUs } = figures[kind];
  return {
    kind,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpuPerLine: quantile(cpuUs, 0.5),
  };
});
console.table(
  rows.map(({ kind, ...us }) => ({ kind, ...mapValues(us, (value) => `${value.toFixed(1)} µs`) })),
);
const [pipe, spool] = rows;
if (pipe && spool)
  console.log(
    `spool / pipe: p50 ${(spool.p50 / pipe.p50).toFixed(2)}, p99 ${(spool.p99 / pipe.p99).toFixed(2)}, CPU per line ${(spool.cpuPerLine / pipe.cpuPerLine).toFixed(2)}`,
  );

function mapValues(record: Record<string, number>, to: (value: number) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value)]));
}
