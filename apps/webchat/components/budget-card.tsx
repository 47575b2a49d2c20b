'use client';
import type { ServerData } from '@hotplex/aep-protocol';
import { Wallet } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatBudget } from '../lib/format-budget.ts';
import type { Texts } from '../lib/texts/en.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { AnswerStatus } from './answer-status.tsx';
import { useAnswering } from './answering-context.tsx';
import { RequestCard } from './request-card.tsx';
import { Button } from './ui/button.tsx';

type Props = { request: ServerData<'question_request'> };
type Facts = NonNullable<Props['request']['budget']>;

/** The session has used its budget up: somebody says whether it goes on. Nothing runs until then, and nothing is lost. */
export function BudgetCard({ request: { id, questions, budget } }: Props) {
  const texts = useTexts();
  const { answerQuestion } = useAnswering();
  const { state, answer } = useAnswer();
  const [asked] = questions;
  if (!asked) return null;
  const { question, options } = asked;
  const send = (label: string) => answer(() => answerQuestion(id, { [question]: label }));
  // To go on comes first, where that can be chosen.
  const [goOn] = options.length > 1 ? options : [];
  const stop = options.at(-1);
  return (
    <div className="mb-2">
      <RequestCard id={id} icon={Wallet} title={texts.budget.title} testId="budget">
        <p>{budget ? usedWords(budget, texts.budget) : question}</p>
        <div className="flex flex-wrap gap-2">
          {goOn && (
            <Choice tone="primary" label={goOn.label} onChoose={send} isSending={state === 'sending'}>
              {budget?.more === undefined
                ? goOn.label
                : texts.budget.goOn(formatBudget(budget.more, budget.measure, texts.budget))}
            </Choice>
          )}
          {stop && (
            <Choice label={stop.label} onChoose={send} isSending={state === 'sending'}>
              {texts.budget.stop}
            </Choice>
          )}
        </div>
        <AnswerStatus state={state} />
      </RequestCard>
    </div>
  );
}

function usedWords({ period, used, measure }: Facts, texts: Texts['budget']): string {
  const amount = formatBudget(used, measure, texts);
  return period === 'day' ? texts.day(amount) : texts.used(amount);
}

type ChoiceProps = {
  label: string;
  tone?: 'primary';
  isSending: boolean;
  onChoose: (label: string) => void;
  children: ReactNode;
};

function Choice({ label, tone, isSending, onChoose, children }: ChoiceProps) {
  return (
    <Button tone={tone} disabled={isSending} onClick={() => onChoose(label)}>
      {children}
    </Button>
  );
}
