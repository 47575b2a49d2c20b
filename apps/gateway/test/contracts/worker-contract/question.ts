import { describe, expect, test } from 'vitest';
import { ofType } from '../of-type.ts';
import type { RecordedWorker } from '../recorded-worker.ts';
import { textOf } from '../text-of.ts';
import type { WorkerContract } from './contract.ts';
import { expectInterrupted } from './expect-interrupted.ts';
import { expectShape } from './expect-shape.ts';
import type { SharedAgent } from './shared-agent.ts';

/** Questions of the agent, and every way in which they end. */
export function questionContract({ name, prompts: { question } }: WorkerContract, shared: SharedAgent): void {
  if (question === undefined) return;

  async function ask(agent: RecordedWorker) {
    const { from } = agent.prompt(question ?? '');
    const event = await agent.next('question_request', from);
    expectShape(event);
    return { from, request: event.data };
  }

  describe(`${name}: questions`, () => {
    test('[E4] the answer reaches the agent', () =>
      shared.play(async (agent) => {
        const { from, request } = await ask(agent);
        const chosen = request.questions.map((asked) => [asked.question, asked.options.at(-1)?.label ?? '']);
        const asked = agent.events.length;
        agent.respond({ kind: 'question', id: request.id, answers: Object.fromEntries(chosen) });
        await agent.turnFrom(from);
        const after = agent.events.slice(asked);
        const heard = textOf(after) + JSON.stringify(after);
        for (const [, label = ''] of chosen) expect(heard).toContain(label);
      }));

    test('[E4] a skipped question lets the turn go on', () =>
      shared.play(async (agent) => {
        const { from, request } = await ask(agent);
        agent.respond({ kind: 'question', id: request.id, answers: null });
        expect(ofType(await agent.turnFrom(from), 'done')[0]?.data.success).toBe(true);
      }));

    test('[E4] interrupted while it asks: the question is withdrawn', () =>
      shared.play(async (agent) => {
        const { from, request } = await ask(agent);
        agent.worker.interrupt();
        const turn = await agent.turnFrom(from);
        expect(ofType(turn, 'interaction.withdrawn').map(({ data }) => data.id)).toEqual([request.id]);
        expectInterrupted(turn);
      }));
  });
}
