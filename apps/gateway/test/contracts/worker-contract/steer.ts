import { describe, expect, test } from 'vitest';
import { ofType } from '../of-type.ts';
import { textOf } from '../text-of.ts';
import type { WorkerContract } from './contract.ts';
import type { SharedAgent } from './shared-agent.ts';

/** Prompts into a running turn. Without `steer` the session queues them, and nothing here applies. */
export function steerContract(
  { name, prompts: { steerable, endless, text } }: WorkerContract,
  shared: SharedAgent,
): void {
  if (steerable === undefined) return;

  describe(`${name}: steer`, () => {
    test('[I3] a steered prompt reaches the running turn', () =>
      shared.play(async (agent) => {
        const { from, input } = agent.prompt(steerable);
        await agent.next('message.delta', from);
        agent.worker.steer?.({ inputId: 'steered', content: 'please go on' });
        expect((await agent.next('input.taken', from)).data.input_id).toBe('steered');
        const end = ofType(await agent.turnFrom(from), 'done')[0];
        expect(end?.data.success).toBe(true);
        if (end?.data.input_ids) expect(end.data.input_ids.toSorted()).toEqual([input.inputId, 'steered']);
      }));

    test('[I3] an interrupt loses no steered prompt: it was taken, or it gets a turn of its own', () =>
      shared.play(async (agent) => {
        const { from } = agent.prompt(endless);
        await agent.next('message.delta', from);
        agent.worker.steer?.({ inputId: 'steered', content: text.prompt });
        agent.worker.interrupt();
        const interrupted = await agent.turnFrom(from);
        const taken = ofType(interrupted, 'input.taken').map(({ data }) => data.input_id);
        if (taken.includes('steered')) return;
        const turn = await agent.turnFrom(from + interrupted.length);
        expect(ofType(turn, 'turn.started').map(({ data }) => data.input_ids)).toEqual([['steered']]);
        expect(textOf(turn)).toBe(text.says);
      }));

    test('[I3] a prompt that was to be steered but came too late gets a turn of its own', () =>
      shared.play(async (agent) => {
        await agent.turn(text.prompt);
        const from = agent.events.length;
        agent.worker.steer?.({ inputId: 'late', content: text.prompt });
        const turn = await agent.turnFrom(from);
        expect(ofType(turn, 'turn.started').map(({ data }) => data.input_ids)).toEqual([['late']]);
        expect(textOf(turn)).toBe(text.says);
      }));
  });
}
