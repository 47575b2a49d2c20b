import type { InputPart } from '@hotplex/aep-protocol';
import type { AepUIMessage } from './ui-message.ts';

/** A user message as the gateway takes it: its text, and its images as parts. */
export function toPrompt({ parts }: AepUIMessage): { content: string; parts?: InputPart[] } {
  const content = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
  const files = parts.flatMap((part) => (part.type === 'file' ? [toInputPart(part)] : []));
  return { content, ...(files.length > 0 ? { parts: files } : {}) };
}

/** Only what needs no upload can travel with a prompt. */
function toInputPart(part: Extract<AepUIMessage['parts'][number], { type: 'file' }>): InputPart {
  const name = part.filename === undefined ? {} : { name: part.filename };
  const uploaded = /^hotplex-file:(.+)$/.exec(part.url);
  if (uploaded?.[1]) return { type: 'file', file_id: uploaded[1], ...name };
  const image = /^data:(image\/[\w.+-]+);base64,(.*)$/s.exec(part.url);
  if (!image?.[1] || image[2] === undefined) {
    throw new TypeError(
      `${part.filename ?? 'The attachment'} cannot be sent: only images as data URLs and uploaded files can.`,
    );
  }
  return { type: 'image', media_type: image[1], data: image[2], ...name };
}
