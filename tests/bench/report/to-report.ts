import type { Scenario } from '../scenarios/scenario.ts';
import { median } from '../statistics.ts';
import { draw } from './draw.ts';
import { judge, type Verdict } from './judge.ts';
import type { Outcome, Results } from './results.ts';
import { toTable } from './table.ts';

/** The report in Markdown, and the pictures that it shows, by their names. */
export type Report = { markdown: string; pictures: Map<string, string> };

/** `folder`: where the pictures are, from the report. */
export function toReport(results: Results, scenarios: readonly Scenario[], folder: string): Report {
  const pictures = new Map<string, string>();
  const verdicts: Verdict[] = [];
  const sections = scenarios.flatMap((scenario) => {
    const outcome = results.outcomes.find((outcome) => outcome.scenario === scenario.name);
    if (!outcome) return [];
    verdicts.push(...judge(scenario.bars, outcome.runs));
    const drawn = outcome.runs.length === 0 ? [] : (scenario.drawn ?? []);
    const shown = drawn.map((column) => {
      const name = `${scenario.name}-${toKebabCase(column.figure)}.svg`;
      pictures.set(name, draw(column, outcome.runs));
      return `![${column.title}](${folder}/${name})`;
    });
    return [toSection(scenario, outcome, shown)];
  });
  const markdown = [toHead(results), toVerdicts(verdicts), ...sections].join('\n\n');
  return { markdown: `${markdown}\n`, pictures };
}

function toHead({ began, minutes, repetitions, machine, outcomes }: Results): string {
  const noise = median(outcomes.flatMap(({ runs }) => runs.flatMap(({ figures }) => figures.noise ?? [])));
  return (
    `Measured on ${began.slice(0, 10)}, within ${Math.ceil(minutes)} min, ${repetitions === 1 ? 'once' : `${repetitions} times`} each. ` +
    `The machine: ${machine}. Right before a measurement others used ${Math.round(noise * 100)} % of it (median).`
  );
}

function toVerdicts(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ says, goal, value, isMet }) => {
    const digits = value < 10 ? 2 : 0;
    const shown = value.toLocaleString('en', {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    return `| ${says} | ${goal} | ${shown} | ${isMet ? 'yes' : '**no**'} |`;
  });
  return ['### Goals', '', '| | goal | median | met |', '| --- | ---: | ---: | --- |', ...rows].join('\n');
}

function toSection(
  { title, about, columns }: Scenario,
  { runs, problem }: Outcome,
  shown: readonly string[],
): string {
  const table = runs.length === 0 ? [] : [toTable(columns, runs)];
  const trouble = problem === undefined ? [] : [`This did not come to its end: ${problem}`];
  return [`### ${title}`, about, ...trouble, ...shown, ...table].join('\n\n');
}

function toKebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
