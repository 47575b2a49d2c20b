'use client';
import { ClipboardList } from 'lucide-react';
import { type SubmitEvent, useMemo, useState } from 'react';
import { formFields, toFormContent } from '../lib/form-fields.ts';
import type { RequestPart } from '../lib/request-part.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { AnswerStatus } from './answer-status.tsx';
import { useAnswering } from './answering-context.tsx';
import { ElicitationField } from './elicitation-field.tsx';
import { EscapedText } from './escaped-text.tsx';
import { MarkdownLink } from './markdown-link.tsx';
import { RequestCard } from './request-card.tsx';
import { ResolvedLine } from './resolved-line.tsx';
import { Button } from './ui/button.tsx';

type Props = { request: RequestPart<'elicitation'> };

/** A form of an MCP server, or an address it asks the user to open. */
export function ElicitationCard({ request }: Props) {
  const texts = useTexts();
  const { answerElicitation } = useAnswering();
  const { state, answer } = useAnswer();
  const fields = useMemo(() => formFields(request.requested_schema), [request.requested_schema]);
  const [values, setValues] = useState<Record<string, string | boolean>>({});
  if (request.status !== 'pending') return <AnsweredElicitation request={request} />;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    answer(() => answerElicitation(request.id, 'accept', toFormContent(fields, values)));
  };
  return (
    <RequestCard
      id={request.id}
      icon={ClipboardList}
      title={texts.elicitation.title(request.mcp_server_name)}
      testId="elicitation"
    >
      <p>
        <EscapedText text={request.message} />
      </p>
      {request.url && (
        <p>
          {texts.elicitation.openUrl} <MarkdownLink href={request.url}>{request.url}</MarkdownLink>
        </p>
      )}
      <form onSubmit={submit} className="flex flex-col gap-3">
        {fields.map((field) => (
          <ElicitationField
            key={field.name}
            field={field}
            value={values[field.name] ?? field.initial}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
          />
        ))}
        <div className="flex gap-2">
          <Button type="submit" tone="primary" disabled={state === 'sending'}>
            {texts.elicitation.accept}
          </Button>
          <Button
            disabled={state === 'sending'}
            onClick={() => answer(() => answerElicitation(request.id, 'decline'))}
          >
            {texts.elicitation.decline}
          </Button>
        </div>
        <AnswerStatus state={state} />
      </form>
    </RequestCard>
  );
}

function AnsweredElicitation({ request }: Props) {
  const texts = useTexts();
  const words = {
    accept: texts.elicitation.accepted,
    decline: texts.elicitation.declined,
    cancel: texts.elicitation.cancelled,
  };
  const action = request.action ?? 'cancel';
  return (
    <ResolvedLine good={action === 'accept'} testId="elicitation" detail={request.message}>
      {words[action]}
    </ResolvedLine>
  );
}
