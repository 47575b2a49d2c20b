const longest = 48;

/** A name for the conversation, from its first prompt. */
export function toTitle(prompt: string): string {
  const line = prompt.replace(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1).trimEnd()}…`;
}
