import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ofType } from '../of-type.ts';
import { textOf } from '../text-of.ts';
import { type ModelFailure, modelFailures, type WorkerContract } from './contract.ts';
import { expectClosedBlocks } from './expect-closed-blocks.ts';
import { expectShape } from './expect-shape.ts';
import { play, type Scene } from './play.ts';
import type { SharedAgent } from './shared-agent.ts';

/** A model that fails ends the turn with a typed error, and the next turn runs. */
export function failureContract(contract: WorkerContract, shared: SharedAgent): void {
  const { name, capabilities, setUp, prompts, failures } = contract;
  const { text } = prompts;
  if (failures === undefined) return;

  /** Whether it needs an agent of its own, so that it can be proved while others are. */
  const isProvedAside = (failure: ModelFailure) =>
    failures[failure].setUp !== undefined || failures[failure].takesLong === true;

  /** Makes the model fail so, and proves how that is told. */
  const prove = (failure: ModelFailure) => {
    const { prompt, code, retries, setUp: setUpFailure } = failures[failure];
    const scene: Scene = async (agent) => {
      const turn = await agent.turn(prompt);
      for (const event of turn) expectShape(event);
      expectClosedBlocks(turn);
      expect(ofType(turn, 'error').map(({ data }) => data.code)).toEqual([code]);
      expect(ofType(turn, 'error')[0]?.data.message).toMatch(/\S/);
      expect(ofType(turn, 'done')[0]?.data).toMatchObject({
        success: false,
        stats: { stop_reason: 'error' },
      });
      expect(turn.findLastIndex(({ type }) => type === 'error')).toBeLessThan(turn.length - 1);
      const notices = ofType(turn, 'worker.notice').filter(({ data }) => data.kind === 'retry');
      expect(notices.length > 0, 'a notice of a retry').toBe(retries);
      if (!setUpFailure) expect(textOf(await agent.turn(text.prompt))).toBe(text.says);
    };
    return isProvedAside(failure) ? play(setUpFailure ?? setUp, scene) : shared.play(scene);
  };

  /** Proofs that are under way while others are made: an agent may try for a minute to reach nobody. */
  const begun = new Map<ModelFailure, Promise<void>>();

  const begin = () => {
    for (const failure of modelFailures) {
      if (!isProvedAside(failure)) continue;
      const proof = prove(failure);
      // Its test says what is wrong.
      proof.catch(() => {});
      begun.set(failure, proof);
    }
  };
  // A process that other sessions may share is killed by other tests.
  const isAlone = capabilities.process === 'per_turn';
  if (isAlone) beforeAll(begin);
  afterAll(() => Promise.allSettled(begun.values()));

  describe(`${name}: a model that fails`, () => {
    if (!isAlone) beforeAll(begin);

    for (const failure of modelFailures) {
      const { code, retries } = failures[failure];
      test(`[S2] ${failure} is ${code}, told once${retries ? ' after notices of every retry' : ''}`, () =>
        begun.get(failure) ?? prove(failure));
    }
  });
}
