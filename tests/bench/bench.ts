// pnpm bench [--only NAME,NAME] [--reps N] [--quick] [--gate] [--publish] [--from FILE]
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pin } from './processors.ts';
import { judge, type Verdict } from './report/judge.ts';
import { keep, publish } from './report/publish.ts';
import type { Results } from './report/results.ts';
import { toTable } from './report/table.ts';
import { runAll } from './run-all.ts';
import { scenarios } from './scenarios/all.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    reps: { type: 'string' },
    quick: { type: 'boolean', default: false },
    /** Fails if a goal is not met. */
    gate: { type: 'boolean', default: false },
    /** Writes docs/performance.md, too. */
    publish: { type: 'boolean', default: false },
    /** Results of an earlier run, to be reported anew. */
    from: { type: 'string' },
  },
});
const { quick, from } = values;
const repetitions = Number(values.reps ?? (quick ? 1 : 5));
const standard = scenarios.filter(({ isLong }) => !(quick && isLong)).map(({ name }) => name);
const names = values.only?.split(',') ?? standard;
const unknown = names.filter((name) => !scenarios.some((scenario) => scenario.name === name));
if (unknown.length > 0) {
  console.error(
    `there is no ${unknown.join(', ')}; there is ${scenarios.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}
const chosen = scenarios.filter(({ name }) => names.includes(name));

if (from === undefined) pin(process.pid, 'others');
const results: Results =
  from === undefined
    ? await runAll({ scenarios: chosen, repetitions, quick, onProgress: console.log })
    : JSON.parse(readFileSync(from, 'utf8'));
const verdicts: Verdict[] = [];
for (const { name, title, columns, bars } of scenarios) {
  const outcome = results.outcomes.find(({ scenario }) => scenario === name);
  if (!outcome) continue;
  console.log(`\n## ${title}\n\n${toTable(columns, outcome.runs)}\n`);
  verdicts.push(...judge(bars, outcome.runs));
}
for (const { says, goal, value, isMet } of verdicts)
  console.log(`${isMet ? 'met' : 'NOT MET'}: ${says}: ${value.toPrecision(3)} (${goal})`);
if (from === undefined) console.log(`\nwritten to ${keep(results, scenarios)}`);
if (values.publish) publish(results, scenarios);
const isWhole = results.outcomes.every(({ problem }) => problem === undefined);
const isGood = !values.gate || verdicts.every(({ isMet }) => isMet);
process.exitCode = isWhole && isGood ? 0 : 1;
