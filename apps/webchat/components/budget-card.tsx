'use client';
import type { ServerData } from '@hotplex/aep-protocol';
import { Wallet } from 'lucide-react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { AnswerStatus } from './answer-status.tsx';
import { useAnswering } from './answering-context.tsx';
import { RequestCard } from './request-card.tsx';
import { Button } from './ui/button.tsx';

type Props = { request: ServerData<'question_request'> };

/** The session has used its budget up: somebody says whether it goes on. Nothing runs until then, and nothing is lost. */
export function BudgetCard({ request: { id, questions } }: Props) {
  const texts = useTexts();
  const { answerQuestion } = useAnswering();
  const { state, answer } = useAnswer();
  const [asked] = questions;
  const [goOn, stop] = asked?.options ?? [];
  if (!asked || !goOn || !stop) return null;
  // Figures as the gateway writes them: what was used, and what more there would be.
  const [used = '', more = ''] = goOn.description?.split(' + ') ?? [];
  const choose = (label: string) => answer(() => answerQuestion(id, { [asked.question]: label }));
  return (
    <div className="mb-2">
      <RequestCard id={id} icon={Wallet} title={texts.budget.title} testId="budget">
        <p>{texts.budget.used(used)}</p>
        <div className="flex flex-wrap gap-2">
          <Button tone="primary" disabled={state === 'sending'} onClick={() => choose(goOn.label)}>
            {texts.budget.goOn(more)}
          </Button>
          <Button disabled={state === 'sending'} onClick={() => choose(stop.label)}>
            {texts.budget.stop}
          </Button>
        </div>
        <AnswerStatus state={state} />
      </RequestCard>
    </div>
  );
}
