import type { InputPart, ServerData, ServerEnvelope } from '@hotplex/aep-protocol';
import type { FileUIPart, TextUIPart } from 'ai';
import type { AepUIMessage } from './ui-message.ts';

/** The user message of an accepted prompt. */
export function toUserMessage(envelope: ServerEnvelope, data: ServerData<'input'>): AepUIMessage {
  return {
    id: data.input_id,
    role: 'user',
    metadata: {
      sessionId: envelope.session_id,
      createdAt: envelope.timestamp,
      author: data.author,
      inputId: data.input_id,
    },
    parts: toUserParts(data),
  };
}

/** A prompt whose text was changed while it waited; its files stay. */
export function withText(message: AepUIMessage, text: string): AepUIMessage {
  return {
    ...message,
    parts: [{ type: 'text', text }, ...message.parts.filter(({ type }) => type !== 'text')],
  };
}

/** What a prompt says, as parts: images as data URLs, uploaded files by name only. */
export function toUserParts({ content, parts = [] }: ServerData<'input'>): (TextUIPart | FileUIPart)[] {
  const text = content === '' ? [] : [{ type: 'text', text: content } as const];
  return [...text, ...parts.map(toUserPart)];
}

function toUserPart(part: InputPart): TextUIPart | FileUIPart {
  if (part.type === 'text') return { type: 'text', text: part.text };
  const filename = part.name === undefined ? {} : { filename: part.name };
  return part.type === 'image'
    ? {
        type: 'file',
        mediaType: part.media_type,
        url: `data:${part.media_type};base64,${part.data}`,
        ...filename,
      }
    : {
        type: 'file',
        mediaType: 'application/octet-stream',
        url: `hotplex-file:${part.file_id}`,
        ...filename,
      };
}
