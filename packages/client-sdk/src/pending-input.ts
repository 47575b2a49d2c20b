import type { Delivery, InputPart } from '@hotplex/aep-protocol';
import { toFilePart, type UploadedFile } from './files-api.ts';

export type PromptInput = {
  content: string;
  parts?: InputPart[];
  /** Files that this session has; they become parts. */
  attachments?: readonly Pick<UploadedFile, 'id' | 'name'>[];
  metadata?: Record<string, unknown>;
};

/** A prompt under the ids that it keeps however often it is sent. */
export type PendingInput = Omit<PromptInput, 'attachments'> & {
  inputId: string;
  eventId: string;
  delivery?: Delivery;
};

export function toPendingInput(
  input: string | PromptInput,
  { inputId, delivery }: { inputId?: string | undefined; delivery?: Delivery | undefined },
  ids: { uuid(): string; eventId(): string },
): PendingInput {
  const { attachments = [], ...prompt } = typeof input === 'string' ? { content: input } : input;
  const parts = [...(prompt.parts ?? []), ...attachments.map(toFilePart)];
  return {
    ...prompt,
    ...(parts.length > 0 ? { parts } : {}),
    inputId: inputId ?? ids.uuid(),
    eventId: ids.eventId(),
    ...(delivery ? { delivery } : {}),
  };
}
