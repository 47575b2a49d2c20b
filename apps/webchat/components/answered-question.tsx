'use client';
import type { RequestPart } from '../lib/request-part.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { ResolvedLine } from './resolved-line.tsx';

/** What was asked and what was answered, question by question. */
export function AnsweredQuestion({ request }: { request: RequestPart<'question'> }) {
  const texts = useTexts();
  const answers = request.answers ?? {};
  if (Object.keys(answers).length === 0) {
    return (
      <ResolvedLine
        good={false}
        testId="question"
        detail={request.questions.map(({ question }) => question).join(' ')}
      >
        {texts.question.unanswered}
      </ResolvedLine>
    );
  }
  return (
    <div className="flex flex-col gap-1">
      {request.questions.map(({ question, header }) => (
        <ResolvedLine
          key={question}
          good
          testId="question"
          detail={[answers[question] ?? texts.question.unanswered].flat().join(', ')}
        >
          {header || question}
        </ResolvedLine>
      ))}
    </div>
  );
}
