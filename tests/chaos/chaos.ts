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

const sizeOf = ({ files, bytes }: RoundReport) => `${files} files open, ${Math.round(bytes / 2 ** 20)} MiB`;

function print(report: RoundReport): void {
  const { round, faults, prompts, events, cuts, adoptions, violations } = report;
  const list = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ');
  const figures = `${events} events, ${cuts} links cut, ${adoptions} agents gone on with in mid-word`;
  console.log(`round ${round}: ${list(faults)} | prompts: ${list(prompts)} | ${figures}, ${sizeOf(report)}`);
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
const sum = (count: (report: RoundReport) => number) =>
  reports.reduce((total, report) => total + count(report), 0);
const violations = sum((report) => report.violations.length);
const kills = sum(
  ({ faults }) => (faults['gateway killed'] ?? 0) + (faults['gateway killed in mid-word'] ?? 0),
);
const adoptions = sum((report) => report.adoptions);
const [first, last] = [reports[0], reports.at(-1)];
if (first && last) console.log(`first round: ${sizeOf(first)}; last round: ${sizeOf(last)}`);
console.log(
  `${reports.length} rounds, ${kills} gateways killed, ${adoptions} agents gone on with in mid-word, ` +
    `${violations} violations (seed ${seed})`,
);
if (adoptions === 0) console.error('no agent was gone on with in mid-word: this run proves nothing of it');
process.exit(violations === 0 && adoptions > 0 ? 0 : 1);
