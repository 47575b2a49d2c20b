import { describe, expect, test } from 'vitest';
import { textOf } from '../text-of.ts';
import type { WorkerContract } from './contract.ts';
import { expectClosedBlocks } from './expect-closed-blocks.ts';
import { expectInterrupted } from './expect-interrupted.ts';
import { firstSign } from './first-sign.ts';
import { play, type Scene } from './play.ts';
import type { SharedAgent } from './shared-agent.ts';

/** An interrupt ends the turn wherever the agent is, and the next turn runs. */
export function interruptContract(
  { name, capabilities, setUp, prompts }: WorkerContract,
  shared: SharedAgent,
): void {
  const { text, endless, endlessTool, endlessRetry } = prompts;
  const sign = firstSign(capabilities);

  /** Interrupts the turn once this event came, and proves that the agent goes on. */
  const interruptAt =
    (prompt: string, type: 'message.delta' | 'tool_call' | 'worker.notice'): Scene =>
    async (agent) => {
      const { from } = agent.prompt(prompt);
      await agent.next(type, from);
      const { pid } = agent.worker;
      agent.worker.interrupt();
      const turn = await agent.turnFrom(from);
      expectClosedBlocks(turn);
      expectInterrupted(turn);
      expect(textOf(await agent.turn(text.prompt))).toBe(text.says);
      if (capabilities.process === 'hot') expect(agent.worker.pid).toBe(pid);
      expect(agent.all('done', from)).toHaveLength(2);
    };

  describe(`${name}: interrupt`, () => {
    test('[I5] in the middle of text ends the turn and keeps the process', () =>
      shared.play(interruptAt(endless, sign)));

    test('[I5] in a tool ends the turn and keeps the process', () =>
      shared.play(interruptAt(endlessTool, 'tool_call')));

    if (endlessRetry !== undefined) {
      test('[I5] between two tries to reach the model ends the turn', () =>
        play(setUp, interruptAt(endlessRetry, 'worker.notice')));
    }

    test('[I5] right behind the prompt ends it', () =>
      play(setUp, async (agent) => {
        await agent.turn(text.prompt);
        const { from } = agent.prompt(endless);
        agent.worker.interrupt();
        expectInterrupted(await agent.turnFrom(from));
      }));

    test('[I5] while idle does nothing', () =>
      shared.play(async (agent) => {
        // Others that shared the agent have had turns; alone it has to have one first.
        if (agent.all('done').length === 0) await agent.turn(text.prompt);
        const from = agent.events.length;
        agent.worker.interrupt();
        const turn = await agent.turn(text.prompt);
        expect(textOf(turn)).toBe(text.says);
        expect(agent.all('done', from).map(({ data }) => data.success)).toEqual([true]);
      }));
  });
}
