'use client';
import type { TurnStats } from '@hotplex/aep-protocol';
import { formatCost } from '../lib/format-cost.ts';
import { formatDuration } from '../lib/format-duration.ts';
import { formatTokens } from '../lib/format-tokens.ts';
import { useTexts } from '../lib/texts/use-texts.ts';

/** The figures of a turn, as far as the agent told them. */
export function TurnFigures({ stats }: { stats: Partial<TurnStats> }) {
  const texts = useTexts();
  const figures = [
    isNumber(stats.duration_ms) ? formatDuration(stats.duration_ms, texts.time) : undefined,
    isNumber(stats.tool_calls) && stats.tool_calls > 0 ? texts.turn.tools(stats.tool_calls) : undefined,
    isNumber(stats.input_tokens) && isNumber(stats.output_tokens)
      ? texts.turn.tokens(formatTokens(stats.input_tokens), formatTokens(stats.output_tokens))
      : undefined,
    isNumber(stats.cost_usd) ? formatCost(stats.cost_usd) : undefined,
    isNumber(stats.context_used_percent)
      ? texts.turn.context(Math.round(stats.context_used_percent))
      : undefined,
    typeof stats.model === 'string' ? stats.model : undefined,
  ].filter((figure) => figure !== undefined);
  if (figures.length === 0) return null;
  return <span data-testid="turn-figures">{figures.join(' · ')}</span>;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
