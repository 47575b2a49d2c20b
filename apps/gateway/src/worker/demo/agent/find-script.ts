import type { Script } from './script.ts';

/** The first word of the prompt that is a keyword decides; a leading slash is allowed. Undefined if none is. */
export function findScript(
  scripts: readonly Script[],
  prompt: string,
): { script: Script; rest: string } | undefined {
  for (const match of prompt.matchAll(/[\p{L}\p{N}-]+/gu)) {
    const script = scripts.find(({ keyword }) => keyword === match[0].toLowerCase());
    if (script) return { script, rest: prompt.slice(match.index + match[0].length).trim() };
  }
  return undefined;
}
