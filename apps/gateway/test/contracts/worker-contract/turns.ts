import { describe, expect, test } from 'vitest';
import { ofType } from '../of-type.ts';
import { textOf } from '../text-of.ts';
import type { WorkerContract } from './contract.ts';
import { expectClosedBlocks } from './expect-closed-blocks.ts';
import { expectShape } from './expect-shape.ts';
import type { ToldTurns } from './told-turns.ts';

const figures = [
  ...['duration_ms', 'time_to_first_token_ms', 'tool_calls', 'input_tokens', 'output_tokens'],
  ...['cache_read_tokens', 'cache_write_tokens', 'total_tokens', 'cost_usd', 'context_used_percent'],
] as const;

/** Words and figures of a turn. */
export function turnContract(
  { name, capabilities, prompts }: WorkerContract,
  told: () => Promise<ToldTurns>,
): void {
  const { text, reasoning } = prompts;

  describe(`${name}: turns`, () => {
    test('[E2] streams text in order and once, as start, deltas and end of one block', async () => {
      const { events } = (await told()).text;
      expectClosedBlocks(events);
      expect(ofType(events, 'message.delta').length > 1).toBe(capabilities.supports_delta);
      expect(textOf(events)).toBe(text.says);
    });

    test('[S2] each prompt ends in exactly one done, on one process where the agent is hot', async () => {
      const { all, ...named } = await told();
      const turns = Object.values(named).filter((turn) => turn !== undefined);
      expect(turns.map(({ events }) => ofType(events, 'done').length)).toEqual(turns.map(() => 1));
      expect(ofType(all, 'done').map(({ data }) => data.success)).toEqual(turns.map(() => true));
      expect(ofType(all, 'turn.started')).toEqual([]);
      if (capabilities.process === 'hot') expect(new Set(turns.map(({ pid }) => pid)).size).toBe(1);
    });

    test('[E3] done carries every figure: a number that was measured, or null', async () => {
      const { events } = (await told()).tool;
      const stats = ofType(events, 'done')[0]?.data.stats;
      expect(Object.keys(stats ?? {})).toEqual(expect.arrayContaining([...figures, 'model', 'stop_reason']));
      for (const figure of figures) {
        const value = stats?.[figure];
        const isFigure = value === null || (typeof value === 'number' && value >= 0);
        expect(isFigure, `${figure}: ${value}`).toBe(true);
      }
      expect(stats?.tool_calls).toBe(ofType(events, 'tool_call').length);
    });

    test('[E3] the figures are those of the turn alone', async () => {
      const { textAgain, textOnceMore } = await told();
      const turns = [...textAgain.events, ...textOnceMore.events];
      const [second, third] = ofType(turns, 'done').map(({ data }) => data.stats);
      expect([second?.tool_calls, third?.tool_calls]).toEqual([0, 0]);
      expect(third?.output_tokens).toBe(second?.output_tokens);
    });

    test('[E1] says nothing but what the protocol has words for, in their shape', async () => {
      for (const event of (await told()).all) expectShape(event);
    });

    if (reasoning !== undefined) {
      test('[E2] the pieces of one block of reasoning share one id', async () => {
        const pieces = ofType((await told()).reasoning?.events ?? [], 'reasoning');
        expect(pieces.length > 1).toBe(capabilities.supports_delta);
        expect(pieces).not.toEqual([]);
        expect(new Set(pieces.map(({ data }) => data.id)).size).toBe(1);
      });
    }
  });
}
