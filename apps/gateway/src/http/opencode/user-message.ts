import type { InputPart, ServerData, ServerEnvelope } from '@hotplex/aep-protocol';
import type { Origin } from './conversation.ts';
import type { Message, Part } from './message.ts';
import { toLogId, toSessionId } from './opencode-ids.ts';
import { agentName, providerId } from './session-info.ts';

/** Prompts of OpenCode’s clients may have an id that the client made, and by which it knows them again. */
const isOpenCodeId = (inputId: string) => inputId.startsWith('msg');

/** The message of an accepted prompt. */
export function toUserMessage(
  envelope: ServerEnvelope,
  { input_id, content, parts = [] }: ServerData<'input'>,
  { id: sessionId, workerType }: Origin,
): Message {
  const sessionID = toSessionId(sessionId);
  const id = isOpenCodeId(input_id) ? input_id : toLogId('msg', envelope);
  const contents = [...(content === '' ? [] : [{ type: 'text', text: content } as const]), ...parts];
  return {
    info: {
      ...{ id, sessionID, role: 'user', time: { created: envelope.timestamp }, agent: agentName },
      model: { providerID: providerId, modelID: workerType },
    },
    parts: contents.map((part, index) => ({
      ...{ id: toLogId('prt', envelope, index), sessionID, messageID: id },
      ...toPart(part),
    })),
  };
}

/** The same prompt, whose text was changed while it waited. */
export function withText(message: Message, text: string): Message {
  const parts = message.parts.map((part) => (part.type === 'text' ? { ...part, text } : part));
  return { ...message, parts };
}

type Content =
  | Pick<Extract<Part, { type: 'text' | 'reasoning' }>, 'type' | 'text'>
  | Pick<Extract<Part, { type: 'file' }>, 'type' | 'mime' | 'url' | 'filename'>;

function toPart(part: InputPart): Content {
  if (part.type === 'text') return { type: 'text', text: part.text };
  const filename = part.name === undefined ? {} : { filename: part.name };
  return part.type === 'image'
    ? { type: 'file', mime: part.media_type, url: `data:${part.media_type};base64,${part.data}`, ...filename }
    : { type: 'file', mime: 'application/octet-stream', url: `hotplex-file:${part.file_id}`, ...filename };
}
