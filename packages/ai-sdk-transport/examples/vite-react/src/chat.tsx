import { useChat } from '@ai-sdk/react';
import { type AepUIMessage, errorText, type History } from '@hotplex/ai-sdk-transport';
import { useForeignTurns, useHotPlexSession } from '@hotplex/ai-sdk-transport/react';
import { transport } from './gateway.ts';
import { Message } from './message.tsx';
import { SessionBar } from './session-bar.tsx';

export function Chat({ id, history }: { id: string; history: History }) {
  const session = useHotPlexSession({ transport, id, history });
  const chat = useChat<AepUIMessage>({ id, messages: history.messages, transport, resume: true });
  useForeignTurns({ transport, chat });

  /** The gateway decides; the chat shows it at once. */
  const decide = (approvalId: string, approved: boolean) => {
    void transport.respondToPermission(id, approvalId, { allowed: approved });
    void chat.addToolApprovalResponse({ id: approvalId, approved });
  };
  const send = (form: FormData) => void chat.sendMessage({ text: String(form.get('text')) });

  return (
    <main>
      <SessionBar id={id} session={session} />
      {chat.messages.map((message) => (
        <Message key={message.id} message={message} onDecide={decide} />
      ))}
      {chat.error && <p role="alert">{errorText(chat.error)}</p>}
      <form action={send}>
        <input name="text" aria-label="Message" required />
        <button type="submit">Send</button>
        <button
          type="button"
          disabled={session.state !== 'running'}
          onClick={() => void transport.interrupt(id)}
        >
          Stop
        </button>
      </form>
    </main>
  );
}
