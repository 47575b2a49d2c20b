// pnpm chaos [--seed N] [--nodes N] [--rounds N | --minutes N] [--sessions N [--at-once N] [--stay]] [--clients N] [--faults N]
import { parseArgs } from 'node:util';
import { type RoundReport, runChaos } from './run-chaos.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    nodes: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '40' },
    minutes: { type: 'string' },
    sessions: { type: 'string', default: '4' },
    'at-once': { type: 'string' },
    stay: { type: 'boolean', default: false },
    clients: { type: 'string', default: '5' },
    faults: { type: 'string', default: '12' },
  },
});

const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
const sizeOf = ({ files, bytes, agents, agentBytes }: RoundReport) =>
  `${files} files open, ${mebibytes(bytes)}, ${agents} agents with ${mebibytes(agentBytes)}`;

const nodes = Number(values.nodes);
/** Without which a run proves nothing of what is hardest. */
const proofOf = ({ adoptions, takeovers }: Pick<RoundReport, 'adoptions' | 'takeovers'>) =>
  nodes > 1 ? `${takeovers} sessions taken up elsewhere` : `${adoptions} agents gone on with in mid-word`;

function print(report: RoundReport): void {
  const { round, faults, prompts, events, cuts, violations } = report;
  const list = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ');
  const figures = `${events} events, ${cuts} links cut, ${proofOf(report)}`;
  console.log(`round ${round}: ${list(faults)} | prompts: ${list(prompts)} | ${figures}, ${sizeOf(report)}`);
  for (const violation of violations) console.error(`  VIOLATION ${violation}`);
}

const seed = Number(values.seed);
console.log(`seed ${seed}`);
const reports = await runChaos({
  seed,
  nodes,
  rounds: values.minutes === undefined ? Number(values.rounds) : Number.POSITIVE_INFINITY,
  ...(values.minutes === undefined ? {} : { withinMs: Number(values.minutes) * 60_000 }),
  sessions: Number(values.sessions),
  atOnce: Number(values['at-once'] ?? values.sessions),
  stay: values.stay,
  clients: Number(values.clients),
  faultsPerRound: Number(values.faults),
  onRound: print,
});
const sum = (count: (report: RoundReport) => number) =>
  reports.reduce((total, report) => total + count(report), 0);
const violations = sum((report) => report.violations.length);
const killings = ['gateway killed', 'gateway killed in mid-word', 'node killed and gone'];
const kills = sum(({ faults }) => killings.reduce((count, name) => count + (faults[name] ?? 0), 0));
const proof = {
  adoptions: sum(({ adoptions }) => adoptions),
  takeovers: sum(({ takeovers }) => takeovers),
};
const [first, last] = [reports[0], reports.at(-1)];
if (first && last) console.log(`first round: ${sizeOf(first)}; last round: ${sizeOf(last)}`);
console.log(
  `${reports.length} rounds, ${kills} gateways killed, ${proofOf(proof)}, ${violations} violations (seed ${seed})`,
);
for (const violation of last?.violations ?? []) console.error(`VIOLATION ${violation}`);
const isProof = (nodes > 1 ? proof.takeovers : proof.adoptions) > 0;
if (!isProof) console.error('this run proves nothing of what is hardest');
process.exit(violations === 0 && isProof ? 0 : 1);
