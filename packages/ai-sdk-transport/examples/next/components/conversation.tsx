'use client';

import type { UseChatHelpers } from '@ai-sdk/react';
import { type AepUIMessage, errorText } from '@hotplex/ai-sdk-transport';
import { isToolUIPart } from 'ai';

type Props = { chat: UseChatHelpers<AepUIMessage>; onStop: () => void };

/** A chat with nothing but what `useChat` gives. */
export function Conversation({ chat, onStop }: Props) {
  const send = (form: FormData) => void chat.sendMessage({ text: String(form.get('text')) });
  return (
    <main>
      {chat.messages.map(({ id, role, parts, metadata }) => (
        <article key={id} aria-label={role}>
          {parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts are only added and replaced in place.
            <Part key={index} part={part} onDecide={chat.addToolApprovalResponse} />
          ))}
          {metadata?.error && <p role="alert">{errorText(metadata.error)}</p>}
        </article>
      ))}
      {chat.error && <p role="alert">{errorText(chat.error)}</p>}
      <form action={send}>
        <input name="text" aria-label="Message" required />
        <button type="submit">Send</button>
        <button type="button" disabled={chat.status !== 'streaming'} onClick={onStop}>
          Stop
        </button>
      </form>
    </main>
  );
}

type PartProps = {
  part: AepUIMessage['parts'][number];
  onDecide: (answer: { id: string; approved: boolean }) => void;
};

function Part({ part, onDecide }: PartProps) {
  if (part.type === 'text') return <p>{part.text}</p>;
  if (part.type === 'reasoning') return <small>{part.text}</small>;
  if (!isToolUIPart(part)) return null;
  if (part.state !== 'approval-requested') return <pre>{`${part.title ?? part.type}: ${part.state}`}</pre>;
  const { id } = part.approval;
  return (
    <fieldset>
      <legend>{part.title ?? 'May the agent do this?'}</legend>
      <button type="button" onClick={() => onDecide({ id, approved: true })}>
        Allow
      </button>
      <button type="button" onClick={() => onDecide({ id, approved: false })}>
        Deny
      </button>
    </fieldset>
  );
}
