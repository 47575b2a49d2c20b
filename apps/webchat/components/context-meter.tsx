'use client';
import type { SessionSummary } from '@hotplex/client-sdk';
import { useState } from 'react';
import { toast } from 'sonner';
import type { Conversation } from '../lib/conversation.ts';
import { toErrorWords } from '../lib/error-words.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useObservablePart } from '../lib/use-observable.ts';
import { ContextFigures } from './context-figures.tsx';
import { Button } from './ui/button.tsx';
import { Popover } from './ui/popover.tsx';

/** From here on the agent will soon have to forget. */
const nearlyFull = 80;

type Props = { conversation: Conversation } & Pick<SessionSummary, 'isolation'>;

/** How full the agent's context is, with the figures of the session behind it. Nothing for agents that tell neither. */
export function ContextMeter({ conversation, isolation }: Props) {
  const texts = useTexts();
  const context = useObservablePart(conversation.facts, 'context');
  const totals = useObservablePart(conversation.facts, 'totals');
  const model = useObservablePart(conversation.facts, 'model');
  const [asking, setAsking] = useState(false);
  const canAsk = conversation.takes('context_usage');
  const percent = context && Math.min(100, Math.round(context.percentage));
  if (percent === undefined && !canAsk && !totals) return null;

  const ask = () => {
    setAsking(true);
    conversation
      .command('context_usage')
      .catch((error: unknown) =>
        toast.error(texts.context.askFailed, { description: toErrorWords(error, texts.errors).message }),
      )
      .finally(() => setAsking(false));
  };
  const label = percent === undefined ? texts.context.unknown : texts.turn.context(percent);
  return (
    <Popover
      label={texts.context.title}
      trigger={
        <Button tone="quiet" size="small" aria-label={label} title={label} className="tabular-nums">
          <Ring percent={percent ?? 0} />
          {percent !== undefined && `${percent}%`}
        </Button>
      }
    >
      <ContextFigures {...{ context, totals, model, isolation }} />
      {canAsk && (
        <Button size="small" className="mt-3 w-full" disabled={asking} onClick={ask}>
          {texts.context.ask}
        </Button>
      )}
    </Popover>
  );
}

function Ring({ percent }: { percent: number }) {
  return (
    <svg aria-hidden viewBox="0 0 16 16" fill="none" strokeWidth="2.5" className="-rotate-90">
      <circle cx="8" cy="8" r="6" className="stroke-input" />
      <circle
        cx="8"
        cy="8"
        r="6"
        pathLength="100"
        strokeDasharray={`${percent} 100`}
        className={percent >= nearlyFull ? 'stroke-warning' : 'stroke-primary'}
      />
    </svg>
  );
}
