import { redactSecrets } from '../ground/redact-secrets.ts';

/** In characters, as a reader counts them. */
const longest = 60;

/** So much of a line is looked at: a secret that begins in a title is known as one within that. */
const looked = 10_000;

/**
 * A name for a session from its first prompt: its first line, without secrets and shortened at a word. A name goes further
 * than a prompt, to guests and to phones, and of a secret cut short nobody could tell what it is. Null for a prompt
 * without words.
 */
export function toFirstTitle(prompt: string): string | null {
  const line = prompt.split('\n').find((text) => text.trim() !== '');
  if (line === undefined) return null;
  const words = redactSecrets(line.trim().slice(0, looked)).replace(/\s+/g, ' ').trim();
  const characters = [...words];
  if (characters.length <= longest) return words;
  const begin = characters.slice(0, longest - 1).join('');
  // What has no spaces, such as Chinese or an address, is cut where it is.
  const end = characters[longest - 1] === ' ' ? begin.length : begin.lastIndexOf(' ');
  return `${(end > begin.length / 2 ? begin.slice(0, end) : begin).trimEnd()}…`;
}
