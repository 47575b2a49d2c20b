export type LineReference = {
  path: string;
  line: number;
  /** What stands in that line. */
  text: string;
  comment: string;
};

/** A comment on a line, as it is written into the message to the agent. */
export function toReference({ path, line, text, comment }: LineReference): string {
  const quoted = text.trim() === '' ? '' : `> ${text.trimEnd()}\n`;
  return `\`${path}:${line}\`\n${quoted}\n${comment.trim()}\n`;
}
