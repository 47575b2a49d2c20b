import type { Bar, Run } from '../scenarios/scenario.ts';
import type { Subject } from '../subjects/subject.ts';
import { figureOf, groupRuns } from './group-runs.ts';

export type Verdict = { says: string; goal: string; value: number; isMet: boolean };

/** How the medians stand to what was aimed at; a bar of a case that was not measured is left out. */
export function judge(bars: readonly Bar[], runs: readonly Run[]): Verdict[] {
  const groups = groupRuns(runs);
  const medianOf = ({ case: name, figure }: Bar, subject: Subject['name']) => {
    const group = groups.find((group) => group.case === name && group.subject === subject);
    return group && figureOf(group, figure)?.median;
  };
  return bars.flatMap((bar) => {
    const own = medianOf(bar, 'hotplex');
    const other = bar.by === undefined ? 1 : medianOf(bar, bar.by);
    if (own === undefined || other === undefined) return [];
    const value = own / other;
    const { says, atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = bar;
    const goal =
      bar.atMost === undefined ? `≥ ${atLeast.toLocaleString('en')}` : `≤ ${atMost.toLocaleString('en')}`;
    return [{ says, goal, value, isMet: value <= atMost && value >= atLeast }];
  });
}
