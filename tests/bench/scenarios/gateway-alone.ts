import { waitForQuiet } from '../quiet.ts';
import { type RunningHotplex, startHotplex } from '../subjects/hotplex.ts';
import type { Bench, Figures, Run } from './scenario.ts';

/** Repeats something that only the gateway can do, each time with a new one in a home of its own. */
export async function* repeat(
  bench: Bench,
  name: string,
  measure: (gateway: RunningHotplex) => Promise<Figures>,
): AsyncGenerator<Run> {
  for (let repetition = 0; repetition < bench.repetitions; repetition += 1) {
    await using gateway = await startHotplex(bench.rig);
    const noise = await waitForQuiet(bench);
    yield { case: name, subject: 'hotplex', figures: { noise, ...(await measure(gateway)) } };
  }
}
