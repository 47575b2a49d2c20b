import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AdoptionContract, RecordedStep } from './adoption/contract.ts';
import { PlayedGateways } from './adoption/played-gateways.ts';

export type { AdoptionContract, RecordedStep } from './adoption/contract.ts';

type Play = {
  /** After which steps the worker gets to read. The last is always read, and so is what came before a call. */
  reads(index: number): boolean;
  /** After which steps the gateway dies. */
  cuts(index: number): boolean;
};

/** A worker that is gone on with tells what it would have told anyway, wherever its gateway died (requirement G8). */
export function adoptionContract(contract: AdoptionContract): void {
  const { name, recordings, steps, isPrompt } = contract;

  async function play(recording: readonly RecordedStep[], { reads, cuts }: Play) {
    const gateways = new PlayedGateways(contract);
    await gateways.greet();
    let cutAt = 0;
    for (const [index, step] of recording.entries()) {
      const next = recording[index + 1];
      await gateways.take(step);
      if (!next || !('line' in next || 'end' in next) || reads(index)) await gateways.read();
      if (!cuts(index)) continue;
      if (await gateways.cut()) cutAt += 1;
      else await gateways.read();
    }
    return { events: gateways.log, prompts: gateways.process.written.filter(isPrompt).length, cuts: cutAt };
  }

  const never = () => false;
  const always = () => true;

  describe(`${name}: goes on with the next gateway`, () => {
    test.each(recordings)('[G8] %s, each gateway dying after one line', async (recording) => {
      const whole = await play(steps(recording), { reads: always, cuts: never });
      const cut = await play(steps(recording), { reads: always, cuts: always });
      expect(cut.events).toEqual(whole.events);
      expect(cut.prompts).toBe(whole.prompts);
      expect(cut.cuts).toBe(steps(recording).filter((step) => !('end' in step)).length);
    });

    test('[G8] any recording, read in any pieces, with gateways dying anywhere', async () => {
      const pieces = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 50 });
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...recordings), pieces, pieces, async (recording, read, die) => {
          const reads = (index: number) => read[index % read.length] === 0;
          const cuts = (index: number) => die[index % die.length] === 0;
          // A gateway that comes up reads at once, and when something is read is when it happened.
          const reading = (index: number) => reads(index) || cuts(index);
          const whole = await play(steps(recording), { reads: reading, cuts: never });
          const cut = await play(steps(recording), { reads, cuts });
          expect(cut.events).toEqual(whole.events);
          expect(cut.prompts).toBe(whole.prompts);
        }),
        { numRuns: 200 },
      );
    });
  });
}
