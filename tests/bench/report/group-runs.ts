import type { Run } from '../scenarios/scenario.ts';
import { type Spread, spreadOf } from '../statistics.ts';

/** All repetitions of one case by one subject. */
export type Group = { case: string; subject: Run['subject']; runs: Run[] };

/** Brings the repetitions together, in the order in which they first came. */
export function groupRuns(runs: readonly Run[]): Group[] {
  const groups = new Map<string, Group>();
  for (const run of runs) {
    const key = JSON.stringify([run.case, run.subject]);
    const group = groups.get(key) ?? { case: run.case, subject: run.subject, runs: [] };
    group.runs.push(run);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** What a figure was in the repetitions of a group; undefined if there is none. */
export function figureOf({ runs }: Group, figure: string): Spread | undefined {
  const values = runs.flatMap(({ figures }) => figures[figure] ?? []).filter(Number.isFinite);
  return values.length === 0 ? undefined : spreadOf(values);
}
