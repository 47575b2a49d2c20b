import type { WorkerInput } from '../worker.ts';

/** A prompt in the protocol's words. Every agent takes text; more is not promised. */
export function toPromptContent({ content, parts = [] }: WorkerInput): { type: 'text'; text: string }[] {
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return [content, ...texts].map((text) => ({ type: 'text', text }));
}
