'use client';
import type { ServerData } from '@hotplex/aep-protocol';
import { useId } from 'react';
import { type QuestionDraft, toggleChoice } from '../lib/question-draft.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { TextField } from './ui/text-field.tsx';

type Question = ServerData<'question_request'>['questions'][number];
type Props = { question: Question; draft: QuestionDraft; onChange: (draft: QuestionDraft) => void };

/** One question: its choices, and a line for another answer. */
export function QuestionField({ question, draft, onChange }: Props) {
  const texts = useTexts();
  const name = useId();
  const many = question.multi_select === true;
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5">
        {question.header && (
          <span className="mr-2 rounded bg-muted px-1.5 py-0.5 text-xs">{question.header}</span>
        )}
        <span className="mr-2 font-medium">{question.question}</span>
        {many && <span className="inline-block text-muted-foreground text-xs">{texts.question.many}</span>}
      </legend>
      {question.options.map((option) => (
        <label
          key={option.label}
          className="flex cursor-pointer items-start gap-2.5 rounded-lg border px-3 py-2 hover:bg-accent has-checked:border-primary has-checked:bg-primary/5"
        >
          <input
            type={many ? 'checkbox' : 'radio'}
            name={name}
            className="mt-0.5 size-4 accent-primary"
            checked={draft.chosen.includes(option.label)}
            onChange={() => onChange(toggleChoice(draft, option.label, many))}
          />
          <span className="min-w-0">
            <span className="font-medium">{option.label}</span>
            {option.description && (
              <span className="block text-muted-foreground text-xs">{option.description}</span>
            )}
            {option.preview && (
              <pre className="mt-1 overflow-x-auto rounded bg-muted p-2 font-mono text-xs">
                {option.preview}
              </pre>
            )}
          </span>
        </label>
      ))}
      <TextField
        label={question.options.length === 0 ? question.question : texts.question.own}
        hideLabel
        placeholder={question.options.length === 0 ? texts.question.ownPlaceholder : texts.question.own}
        value={draft.own}
        onChange={(event) => onChange({ chosen: many ? draft.chosen : [], own: event.target.value })}
      />
    </fieldset>
  );
}
