import type { ToolView } from './tool-view.ts';

/** English words that agents begin a title with, and that the page says itself, in its own language. */
const verbs: Partial<Record<ToolView['kind'], RegExp>> = {
  read: /^read(?: file)? (?=\S)/i,
  edit: /^(?:edit|write)(?: file)? (?=\S)/i,
  delete: /^delete(?: file)? (?=\S)/i,
  move: /^move(?: file)? (?=\S)/i,
  search: /^(?:search(?: for)?|find) (?=\S)/i,
  fetch: /^fetch (?=\S)/i,
};

/** A tool's title without what its kind says already: "Read src/a.ts" is src/a.ts of a tool that reads. */
export function withoutVerb(title: string, kind: ToolView['kind']): string {
  const verb = verbs[kind];
  return verb ? title.replace(verb, '') : title;
}
