import { expect, onTestFinished, test } from 'vitest';
import baseline from '../bench/instructions-baseline.json' with { type: 'json' };
import { buildRig } from '../bench/rig.ts';
import { instructions } from '../bench/scenarios/instructions.ts';

/** Runs differ by less than a hundredth. */
const most = 1.1;

// By those of a relay in plain Node, measured in the same run: how many a library of the system needs depends on the processor.
test('a piece of text of an agent takes no more instructions than before', async () => {
  const rig = buildRig();
  onTestFinished(() => rig[Symbol.dispose]());
  const found = new Map<string, number>();
  for await (const { subject, figures } of instructions.measure({ rig, repetitions: 1, quick: true }))
    found.set(subject, figures.instructionsPerEvent ?? Number.NaN);
  const byPlainNode = Number(found.get('hotplex')) / Number(found.get('plain-node'));
  console.info(`instructions for a piece of text, by plain Node's: ${byPlainNode.toFixed(2)}`);
  // If it is worth it, what is printed becomes the baseline.
  expect(byPlainNode).toBeLessThanOrEqual(baseline.byPlainNode * most);
}, 300_000);
