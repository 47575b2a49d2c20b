import { GatewayError } from '../../ground/gateway-error.ts';
import { joined, type Step, type StepWrite, toStep } from './step.ts';

/** A step, and which of the writes it is of, by their places. */
export type PlannedStep = { step: Step; places: number[] };

/** Steps of different sessions each, so that one statement can store them. */
export type Wave = PlannedStep[];

/**
 * Puts writes together, so that few statements store them: what follows each other in one session becomes one step, and
 * steps that must follow each other come in different waves. `refused` are those that nothing can store.
 */
export function planSteps(writes: readonly StepWrite[]): { waves: Wave[]; refused: number[] } {
  const waves: Wave[] = [];
  const refused: number[] = [];
  /** The last step of each session, and its wave. */
  const latest = new Map<string, { planned: PlannedStep; wave: number }>();

  function add(step: Step, place: number): void {
    const { sessionId, made } = step;
    const before = latest.get(sessionId);
    const together = before && joined(before.planned.step, step);
    if (together) {
      before.planned.step = together;
      before.planned.places.push(place);
      return;
    }
    const source = made?.from == null ? undefined : latest.get(made.from);
    const wave = Math.max(before ? before.wave + 1 : 0, source ? source.wave + 1 : 0);
    const planned = { step, places: [place] };
    waves[wave] ??= [];
    waves[wave].push(planned);
    latest.set(sessionId, { planned, wave });
  }

  for (const [place, write] of writes.entries()) {
    try {
      add(toStep(write), place);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      refused.push(place);
    }
  }
  return { waves, refused };
}
