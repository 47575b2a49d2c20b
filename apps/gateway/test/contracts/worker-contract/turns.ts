import { describe, expect, test } from 'vitest';
import { ofType } from '../of-type.ts';
import { textOf } from '../text-of.ts';
import type { WorkerContract } from './contract.ts';
import { expectClosedBlocks } from './expect-closed-blocks.ts';
import { expectShape } from './expect-shape.ts';
import type { SharedAgent } from './shared-agent.ts';

const figures = [
  ...['duration_ms', 'time_to_first_token_ms', 'tool_calls', 'input_tokens', 'output_tokens'],
  ...['cache_read_tokens', 'cache_write_tokens', 'total_tokens', 'cost_usd', 'context_used_percent'],
] as const;

/** Words and figures of a turn. */
export function turnContract({ name, capabilities, prompts }: WorkerContract, shared: SharedAgent): void {
  const { text, reasoning, tool } = prompts;

  describe(`${name}: turns`, () => {
    test('[E2] streams text in order and once, as start, deltas and end of one block', () =>
      shared.play(async (agent) => {
        const turn = await agent.turn(text.prompt);
        expectClosedBlocks(turn);
        expect(ofType(turn, 'message.delta').length > 1).toBe(capabilities.supports_delta);
        expect(textOf(turn)).toBe(text.says);
      }));

    test('[S2] each prompt ends in exactly one done, on one process where the agent is hot', () =>
      shared.play(async (agent) => {
        const from = agent.events.length;
        const turns = [await agent.turn(text.prompt)];
        const { pid } = agent.worker;
        // What would be told late of one turn is told by the end of the next.
        turns.push(await agent.turn(tool), await agent.turn(text.prompt));
        if (capabilities.process === 'hot') expect(agent.worker.pid).toBe(pid);
        expect(turns.map((turn) => ofType(turn, 'done').length)).toEqual([1, 1, 1]);
        expect(agent.all('done', from).map(({ data }) => data.success)).toEqual([true, true, true]);
        expect(agent.all('turn.started', from)).toEqual([]);
      }));

    test('[E3] done carries every figure: a number that was measured, or null', () =>
      shared.play(async (agent) => {
        const turn = await agent.turn(tool);
        const stats = ofType(turn, 'done')[0]?.data.stats;
        expect(Object.keys(stats ?? {})).toEqual(
          expect.arrayContaining([...figures, 'model', 'stop_reason']),
        );
        for (const figure of figures) {
          const value = stats?.[figure];
          const isFigure = value === null || (typeof value === 'number' && value >= 0);
          expect(isFigure, `${figure}: ${value}`).toBe(true);
        }
        expect(stats?.tool_calls).toBe(ofType(turn, 'tool_call').length);
      }));

    test('[E3] the figures are those of the turn alone', () =>
      shared.play(async (agent) => {
        await agent.turn(tool);
        const turns = [...(await agent.turn(text.prompt)), ...(await agent.turn(text.prompt))];
        const [second, third] = ofType(turns, 'done').map(({ data }) => data.stats);
        expect([second?.tool_calls, third?.tool_calls]).toEqual([0, 0]);
        expect(third?.output_tokens).toBe(second?.output_tokens);
      }));

    test('[E1] says nothing but what the protocol has words for, in their shape', () =>
      shared.play(async (agent) => {
        const turns = [await agent.turn(text.prompt), await agent.turn(tool)];
        if (reasoning !== undefined) turns.push(await agent.turn(reasoning));
        for (const event of turns.flat()) expectShape(event);
      }));

    if (reasoning !== undefined) {
      test('[E2] the pieces of one block of reasoning share one id', () =>
        shared.play(async (agent) => {
          const pieces = ofType(await agent.turn(reasoning), 'reasoning');
          expect(pieces.length > 1).toBe(capabilities.supports_delta);
          expect(pieces).not.toEqual([]);
          expect(new Set(pieces.map(({ data }) => data.id)).size).toBe(1);
        }));
    }
  });
}
