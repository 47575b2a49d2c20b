import { type AepUIMessage, errorText } from '@hotplex/ai-sdk-transport';
import { isToolUIPart } from 'ai';

type Decide = (approvalId: string, approved: boolean) => void;

export function Message({ message, onDecide }: { message: AepUIMessage; onDecide: Decide }) {
  return (
    <article aria-label={message.role}>
      {message.parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts are only added and replaced in place.
        <Part key={index} part={part} onDecide={onDecide} />
      ))}
      {message.metadata?.error && <p role="alert">{errorText(message.metadata.error)}</p>}
    </article>
  );
}

function Part({ part, onDecide }: { part: AepUIMessage['parts'][number]; onDecide: Decide }) {
  if (part.type === 'text') return <p>{part.text}</p>;
  if (part.type === 'reasoning') return <small>{part.text}</small>;
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
