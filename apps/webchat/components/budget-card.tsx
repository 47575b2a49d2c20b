'use client';
import type { ServerData } from '@hotplex/aep-protocol';
import { Wallet } from 'lucide-react';
import type { ReactNode } from 'react';
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
  if (!asked) return null;
  const { question, header, options } = asked;
  const send = (label: string) => answer(() => answerQuestion(id, { [question]: label }));
  const stop = options.at(-1);
  // Figures as the gateway writes them: what was used, and what more there would be.
  const [used = '', more] = options[0]?.description?.split(' + ') ?? [];
  return (
    <div className="mb-2">
      <RequestCard id={id} icon={Wallet} title={texts.budget.title} testId="budget">
        <p>{header === 'day' ? texts.budget.day(used) : texts.budget.used(used)}</p>
        <div className="flex flex-wrap gap-2">
          {more !== undefined && options[0] && (
            <Choice tone="primary" label={options[0].label} onChoose={send} isSending={state === 'sending'}>
              {texts.budget.goOn(more)}
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
