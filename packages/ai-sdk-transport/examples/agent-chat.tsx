import { useChat } from '@ai-sdk/react';
import { AepChatTransport, type AepUIMessage, toMessages } from '@hotplex/ai-sdk-transport';
import { SessionsApi } from '@hotplex/client-sdk';
import { isToolUIPart } from 'ai';
import { type FormEvent, useEffect, useState } from 'react';

// The page comes from the gateway, so its address is the page's own. A function is asked before each connection.
const gateway = { url: location.origin, auth: () => sessionStorage.getItem('hotplex.key') ?? '' };
const sessions = new SessionsApi(gateway);
const transport = new AepChatTransport(gateway);

/** Makes a session and gives its id, which is the id of its chat. */
export async function newChat(): Promise<string> {
  return (await sessions.create({ workerType: 'claude_code' })).id;
}

/** The messages of a session so far. A turn that runs is not among them: `resume` brings it. */
export async function loadMessages(id: string): Promise<AepUIMessage[]> {
  return (await toMessages(sessions.allEvents(id))).messages;
}

export function AgentChat({ id, history }: { id: string; history: AepUIMessage[] }) {
  const chat = useChat<AepUIMessage>({ id, messages: history, transport, resume: true });
  const { messages, status, error, sendMessage, setMessages, resumeStream } = chat;
  const [text, setText] = useState('');

  // Turns that were started on another device, or by the agent itself.
  useEffect(
    () =>
      transport.onForeignTurn(id, ({ message }) => {
        if (message) {
          setMessages((known) => (known.some((old) => old.id === message.id) ? known : [...known, message]));
        }
        void resumeStream();
      }),
    [id, setMessages, resumeStream],
  );

  /** The gateway decides; the chat shows it at once. */
  const decide = (approvalId: string, approved: boolean) => {
    void transport.respondToPermission(id, approvalId, { allowed: approved });
    void chat.addToolApprovalResponse({ id: approvalId, approved });
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    void sendMessage({ text });
    setText('');
  };

  return (
    <main>
      {messages.map((message) => (
        <article key={message.id} aria-label={message.role}>
          {message.parts.map((part, index) => (
            <Part key={index} part={part} onDecide={decide} />
          ))}
          {message.metadata?.error && <p role="alert">{message.metadata.error.message}</p>}
        </article>
      ))}
      {error && <p role="alert">{error.message}</p>}
      <form onSubmit={send}>
        <input aria-label="Message" value={text} onChange={(event) => setText(event.target.value)} />
        <button type="submit">Send</button>
        {status === 'streaming' && (
          <button type="button" onClick={() => void transport.interrupt(id)}>
            Stop
          </button>
        )}
      </form>
    </main>
  );
}

type PartProps = {
  part: AepUIMessage['parts'][number];
  onDecide: (approvalId: string, approved: boolean) => void;
};

function Part({ part, onDecide }: PartProps) {
  if (part.type === 'text') return <p>{part.text}</p>;
  if (part.type === 'reasoning') return <small>{part.text}</small>;
  if (part.type === 'data-question') return <p>{part.data.questions[0]?.question}</p>;
  if (!isToolUIPart(part)) return null;
  if (part.state !== 'approval-requested') return <pre>{`${part.title ?? part.type}: ${part.state}`}</pre>;
  const { id } = part.approval;
  return (
    <fieldset>
      <legend>{part.title ?? 'May the agent do this?'}</legend>
      <button type="button" onClick={() => onDecide(id, true)}>
        Allow
      </button>
      <button type="button" onClick={() => onDecide(id, false)}>
        Deny
      </button>
    </fieldset>
  );
}
