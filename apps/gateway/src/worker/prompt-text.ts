import type { WorkerInput } from './worker.ts';

/** A prompt for an agent that takes one text: its words, and then the texts beside them. */
export function toPromptText({ content, parts = [] }: WorkerInput): string {
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return [content, ...texts].join('\n\n');
}
