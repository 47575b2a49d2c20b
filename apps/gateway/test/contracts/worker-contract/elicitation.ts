import { describe, expect, test } from 'vitest';
import { ofType } from '../of-type.ts';
import type { RecordedWorker } from '../recorded-worker.ts';
import type { WorkerContract } from './contract.ts';
import { expectInterrupted } from './expect-interrupted.ts';
import { expectShape } from './expect-shape.ts';
import { SharedAgent } from './shared-agent.ts';

/** Forms of an MCP server, and every way in which they end. */
export function elicitationContract({ name, prompts }: WorkerContract, common: SharedAgent): void {
  if (prompts.elicitation === undefined) return;
  const { prompt, content, setUp } = prompts.elicitation;
  const shared = setUp ? new SharedAgent(setUp) : common;

  async function ask(agent: RecordedWorker) {
    const { from } = agent.prompt(prompt);
    const event = await agent.next('elicitation_request', from);
    expectShape(event);
    return { from, id: event.data.id };
  }

  describe(`${name}: forms`, () => {
    test('[E4] what was filled in reaches the agent', () =>
      shared.play(async (agent) => {
        const { from, id } = await ask(agent);
        const asked = agent.events.length;
        agent.respond({ kind: 'elicitation', id, action: 'accept', content });
        expect(ofType(await agent.turnFrom(from), 'done')[0]?.data.success).toBe(true);
        const heard = JSON.stringify(agent.events.slice(asked));
        for (const value of Object.values(content)) expect(heard).toContain(String(value));
      }));

    test.each(['decline', 'cancel'] as const)('[E4] %s lets the turn go on', (action) =>
      shared.play(async (agent) => {
        const { from, id } = await ask(agent);
        agent.respond({ kind: 'elicitation', id, action });
        expect(ofType(await agent.turnFrom(from), 'done')[0]?.data.success).toBe(true);
      }),
    );

    test('[E4] interrupted while it asks: the form is withdrawn', () =>
      shared.play(async (agent) => {
        const { from, id } = await ask(agent);
        agent.worker.interrupt();
        const turn = await agent.turnFrom(from);
        expect(ofType(turn, 'interaction.withdrawn').map(({ data }) => data.id)).toEqual([id]);
        expectInterrupted(turn);
      }));
  });
}
