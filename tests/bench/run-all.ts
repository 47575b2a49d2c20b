import { describeMachine } from './report/describe-machine.ts';
import type { Outcome, Results } from './report/results.ts';
import { buildRig } from './rig.ts';
import type { Bench, Scenario } from './scenarios/scenario.ts';

type Options = {
  scenarios: readonly Scenario[];
  repetitions: number;
  quick: boolean;
  /** Hears what is done at the moment. */
  onProgress(words: string): void;
};

/** Runs scenarios, one after the other. One that fails is noted, and the others go on. Throws if there is no compiler. */
export async function runAll({ scenarios, repetitions, quick, onProgress }: Options): Promise<Results> {
  using rig = buildRig();
  const began = new Date();
  const outcomes: Outcome[] = [];
  for (const scenario of scenarios) {
    const outcome = await run(scenario, { rig, repetitions, quick });
    const seconds = Math.round((Date.now() - began.getTime()) / 1_000);
    onProgress(`${scenario.name}: ${outcome.problem ?? 'done'} (after ${seconds} s)`);
    outcomes.push(outcome);
  }
  return {
    ...{ began: began.toISOString(), minutes: (Date.now() - began.getTime()) / 60_000 },
    ...{ repetitions, quick, machine: describeMachine(), outcomes },
  };
}

async function run(scenario: Scenario, bench: Bench): Promise<Outcome> {
  const outcome: Outcome = { scenario: scenario.name, runs: [] };
  try {
    for await (const one of scenario.measure(bench)) outcome.runs.push(one);
  } catch (error) {
    outcome.problem = error instanceof Error ? error.message : String(error);
  }
  return outcome;
}
