'use client';
import type { ContextReading, SessionFacts } from '@hotplex/ai-sdk-transport';
import type { SessionSummary } from '@hotplex/client-sdk';
import { formatCost } from '../lib/format-cost.ts';
import { formatDuration } from '../lib/format-duration.ts';
import { formatTokens } from '../lib/format-tokens.ts';
import { useTexts } from '../lib/texts/use-texts.ts';

const mostCategories = 6;

type Props = Pick<SessionFacts, 'context' | 'totals' | 'model'> & Pick<SessionSummary, 'isolation'>;

/** What the agent's context holds, and what the session has taken so far. What nobody told is left out. */
export function ContextFigures({ context, totals, model, isolation }: Props) {
  const texts = useTexts();
  const tokens = (count: unknown) => (typeof count === 'number' ? formatTokens(count) : undefined);
  const rows: [name: string, value: string | undefined][] = [
    [texts.context.turns, totals && String(totals.turn_count)],
    [
      texts.turn.duration,
      isNumber(totals?.duration_ms) ? formatDuration(totals.duration_ms, texts.time) : undefined,
    ],
    [texts.context.tokensIn, tokens(totals?.input_tokens)],
    [texts.context.tokensCached, tokens(totals?.cache_read_tokens)],
    [texts.context.tokensOut, tokens(totals?.output_tokens)],
    [texts.turn.cost, isNumber(totals?.cost_usd) ? formatCost(totals.cost_usd) : undefined],
    [texts.context.model, model],
    [texts.isolation.label, isolation ? texts.isolation.levels[isolation] : undefined],
  ];
  return (
    <div className="flex flex-col gap-3 text-sm tabular-nums">
      <h2 className="font-semibold">{texts.context.title}</h2>
      {context ? (
        <Fill context={context} />
      ) : (
        <p className="text-muted-foreground">{texts.context.unknown}</p>
      )}
      {totals && (
        <section className="border-t pt-3">
          <h3 className="mb-1.5 text-muted-foreground text-xs">{texts.context.session}</h3>
          <Rows rows={rows} />
        </section>
      )}
    </div>
  );
}

function Fill({ context }: { context: ContextReading }) {
  const { percentage, total_tokens: used, max_tokens: size, categories = [] } = context;
  const texts = useTexts();
  const shown = [...categories].sort((a, b) => b.tokens - a.tokens).slice(0, mostCategories);
  return (
    <div>
      <p className="flex items-baseline justify-between gap-2">
        <span className="font-semibold text-2xl tracking-tight">{Math.round(percentage)}%</span>
        {used !== undefined && size !== undefined && (
          <span className="text-muted-foreground">
            {texts.context.of(formatTokens(used), formatTokens(size))}
          </span>
        )}
      </p>
      <div aria-hidden className="mt-1.5 mb-2.5 h-1.5 overflow-hidden rounded-full bg-input/60">
        <div className="h-full rounded-full bg-primary" style={{ width: `${Math.min(100, percentage)}%` }} />
      </div>
      <Rows rows={shown.map(({ name, tokens }) => [name, formatTokens(tokens)])} />
    </div>
  );
}

function Rows({ rows }: { rows: readonly [name: string, value: string | undefined][] }) {
  return (
    <dl className="flex flex-col gap-1">
      {rows.map(
        ([name, value]) =>
          value !== undefined && (
            <div key={name} className="flex justify-between gap-4">
              <dt className="truncate text-muted-foreground">{name}</dt>
              <dd className="shrink-0">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
