import type { WorkerInput } from '../worker.ts';

/** A prompt as OpenCode takes it: pictures first. */
export function toPromptParts({ content, parts = [] }: WorkerInput): ({ type: string } & object)[] {
  const images = parts.flatMap((part) => {
    if (part.type !== 'image') return [];
    const { media_type: mime, data, name: filename } = part;
    return [{ type: 'file', mime, filename, url: `data:${mime};base64,${data}` }];
  });
  const texts = parts.flatMap((part) => (part.type === 'text' ? [{ type: 'text', text: part.text }] : []));
  return [...images, { type: 'text', text: content }, ...texts];
}
