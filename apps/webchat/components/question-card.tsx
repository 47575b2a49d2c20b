'use client';
import { MessageCircleQuestion } from 'lucide-react';
import { type SubmitEvent, useState } from 'react';
import { emptyDraft, type QuestionDraft, toAnswer } from '../lib/question-draft.ts';
import type { RequestPart } from '../lib/request-part.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { AnswerStatus } from './answer-status.tsx';
import { AnsweredQuestion } from './answered-question.tsx';
import { useAnswering } from './answering-context.tsx';
import { QuestionField } from './question-field.tsx';
import { RequestCard } from './request-card.tsx';
import { Button } from './ui/button.tsx';

type Props = { request: RequestPart<'question'> };

/** The agent's questions with their choices and room for an own answer. */
export function QuestionCard({ request }: Props) {
  const texts = useTexts();
  const { answerQuestion } = useAnswering();
  const { state, answer } = useAnswer();
  const [drafts, setDrafts] = useState<Record<string, QuestionDraft>>({});
  if (request.status !== 'pending') return <AnsweredQuestion request={request} />;

  const answers = request.questions.map(({ question, multi_select }) => ({
    question,
    answer: toAnswer(drafts[question] ?? emptyDraft, multi_select === true),
  }));
  const complete = answers.every((entry) => entry.answer !== undefined);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const given = answers.flatMap((entry) =>
      entry.answer === undefined ? [] : [[entry.question, entry.answer] as const],
    );
    answer(() => answerQuestion(request.id, Object.fromEntries(given)));
  };

  return (
    <RequestCard id={request.id} icon={MessageCircleQuestion} title={texts.question.title} testId="question">
      <form onSubmit={submit} className="flex flex-col gap-4">
        {request.questions.map((question) => (
          <QuestionField
            key={question.question}
            question={question}
            draft={drafts[question.question] ?? emptyDraft}
            onChange={(draft) => setDrafts({ ...drafts, [question.question]: draft })}
          />
        ))}
        <Button
          type="submit"
          tone="primary"
          className="self-start"
          disabled={!complete || state === 'sending'}
        >
          {texts.question.answer}
        </Button>
        <AnswerStatus state={state} />
      </form>
    </RequestCard>
  );
}
