import { createHash } from 'node:crypto';
import type { Delivery, InputPart } from '@hotplex/aep-protocol';
import { GatewayError } from '../ground/gateway-error.ts';

/** A prompt as a client sent it. */
export type PromptRequest = {
  inputId: string;
  content: string;
  parts?: InputPart[];
  delivery?: Delivery;
  author: string;
  /** The trace that it belongs to, as its client says (W3C Trace Context). */
  traceparent?: string | undefined;
};

const invalid = (field: string, problem: string) =>
  new GatewayError('INVALID_MESSAGE', `event.data.${field} ${problem}`, {
    details: { fields: [{ field: `event.data.${field}`, problem }] },
  });

/** Refuses what must not reach an agent (rule I4). `modalities` are those of the worker. */
export function checkPrompt(
  request: PromptRequest,
  limits: { maxBytes: number; modalities: readonly string[] },
): void {
  if (request.content.trim() === '' && !request.parts?.length)
    throw invalid('content', 'is empty: write something');
  if (request.content.includes('\0')) throw invalid('content', 'contains NUL characters');
  if (Buffer.byteLength(request.content) > limits.maxBytes) {
    throw invalid('content', `is longer than ${limits.maxBytes} bytes: send less at once`);
  }
  for (const part of request.parts ?? []) {
    if (part.type === 'image' && !limits.modalities.includes('image')) {
      throw invalid('parts', 'has an image, which this agent cannot take: send text');
    }
  }
}

/** Digest of everything that makes two prompts the same; the key itself is not part of it. */
export function bodyHash({ content, parts }: PromptRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([content, parts ?? []]))
    .digest('hex');
}
