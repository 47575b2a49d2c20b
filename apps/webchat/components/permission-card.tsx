'use client';
import { ShieldQuestion } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { decisionText } from '../lib/decision-text.ts';
import { escapeInvisible } from '../lib/escape-invisible.ts';
import { permissionChoices, permissionKey } from '../lib/permission-choices.ts';
import type { RequestPart } from '../lib/request-part.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { AnswerStatus } from './answer-status.tsx';
import { useAnswering } from './answering-context.tsx';
import { EscapedText } from './escaped-text.tsx';
import { PermissionButtons } from './permission-buttons.tsx';
import { PermissionPolicy } from './permission-policy.tsx';
import { PermissionResolved } from './permission-resolved.tsx';
import { RequestCard } from './request-card.tsx';
import { TextField } from './ui/text-field.tsx';

type Props = { request: RequestPart<'permission'> };

/** Asks whether the agent may use a tool, showing exactly what would run; a single line once it is decided. */
export function PermissionCard({ request }: Props) {
  const texts = useTexts();
  const { answerPermission } = useAnswering();
  const { state, answer } = useAnswer();
  const [reason, setReason] = useState('');
  if (request.status !== 'pending') return <PermissionResolved request={request} />;

  const input = decisionText(request.input_raw);
  const hidden = escapeInvisible(input).some((segment) => segment.escaped);
  const choices = permissionChoices(request.options);
  const choose = (choice: 'once' | 'session' | 'deny') => {
    const chosen = choices[choice];
    if (!chosen) return;
    const note = reason.trim();
    answer(() =>
      answerPermission(request.id, {
        allowed: choice !== 'deny',
        ...(chosen.optionId === undefined ? {} : { optionId: chosen.optionId }),
        ...(choice === 'deny' && note !== '' ? { reason: note } : {}),
      }),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLInputElement;
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const choice = permissionKey(event.key);
    if (!choice) return;
    event.preventDefault();
    choose(choice);
  };

  return (
    <RequestCard
      id={request.id}
      icon={ShieldQuestion}
      title={texts.permission.title(request.tool_name)}
      testId="permission"
      onKeyDown={onKeyDown}
    >
      {request.description && !input.includes(request.description) && (
        <p>
          <EscapedText text={request.description} />
        </p>
      )}
      {input !== '' && (
        <div className="flex flex-col gap-1.5">
          <p className="text-muted-foreground text-xs">
            {texts.permission.explain}
            {hidden && <span className="block">{texts.permission.hidden}</span>}
          </p>
          <pre
            tabIndex={0}
            data-testid="permission-input"
            className="max-h-72 overflow-auto whitespace-pre-wrap break-all rounded-md bg-muted px-3 py-2 font-mono text-[0.8rem] leading-relaxed"
          >
            <EscapedText text={input} />
          </pre>
        </div>
      )}
      {request.policy && <PermissionPolicy policy={request.policy} input={request.input_raw} />}
      <div className="flex flex-wrap items-center gap-2">
        <PermissionButtons choices={choices} disabled={state === 'sending'} onChoose={choose} />
        <TextField
          label={texts.permission.reason}
          hideLabel
          placeholder={texts.permission.reasonHint}
          className="min-w-52 flex-1"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose('deny');
          }}
        />
      </div>
      <p className="text-muted-foreground text-xs max-sm:hidden pointer-coarse:hidden">
        {texts.permission.keys(choices.session !== undefined)}
      </p>
      <AnswerStatus state={state} />
    </RequestCard>
  );
}
