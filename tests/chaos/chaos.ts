// pnpm chaos [--seed N] [--rounds N | --minutes N] [--sessions N] [--clients N] [--faults N]
import { parseArgs } from 'node:util';
import { type RoundReport, runChaos } from './run-chaos.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    rounds: { type: 'string', default: '40' },
    minutes: { type: 'string' },
    sessions: { type: 'string', default: '4' },
    clients: { type: 'string', default: '5' },
    faults: { type: 'string', default: '12' },
  },
});

function print({ round, faults, prompts, events, cuts, files, bytes, violations }: RoundReport): void {
  const list = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ');
  const figures = `${events} events, ${cuts} links cut, ${files} files open, ${Math.round(bytes / 2 ** 20)} MiB`;
  console.log(`round ${round}: ${list(faults)} | prompts: ${list(prompts)} | ${figures}`);
  for (const violation of violations) console.error(`  VIOLATION ${violation}`);
}

const seed = Number(values.seed);
console.log(`seed ${seed}`);
const reports = await runChaos({
  seed,
  rounds: values.minutes === undefined ? Number(values.rounds) : Number.POSITIVE_INFINITY,
  ...(values.minutes === undefined ? {} : { withinMs: Number(values.minutes) * 60_000 }),
  sessions: Number(values.sessions),
  clients: Number(values.clients),
  faultsPerRound: Number(values.faults),
  onRound: print,
});
const violations = reports.flatMap((report) => report.violations);
const kills = reports.reduce((sum, { faults }) => sum + (faults['gateway killed'] ?? 0), 0);
console.log(
  `${reports.length} rounds, ${kills} gateways killed, ${violations.length} violations (seed ${seed})`,
);
process.exit(violations.length === 0 ? 0 : 1);
