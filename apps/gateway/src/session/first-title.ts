/** In characters, as a reader counts them. */
const longest = 60;

/** A name for a session from its first prompt: its first line, shortened at a word. Null for a prompt without words. */
export function toFirstTitle(prompt: string): string | null {
  const line = prompt.split('\n').find((text) => text.trim() !== '');
  if (line === undefined) return null;
  const words = line.replace(/\s+/g, ' ').trim();
  const characters = [...words];
  if (characters.length <= longest) return words;
  const begin = characters.slice(0, longest - 1).join('');
  // What has no spaces, such as Chinese or an address, is cut where it is.
  const end = characters[longest - 1] === ' ' ? begin.length : begin.lastIndexOf(' ');
  return `${(end > begin.length / 2 ? begin.slice(0, end) : begin).trimEnd()}…`;
}
