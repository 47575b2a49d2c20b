/** What a tool would get, word for word: a command as itself, everything else as JSON. */
export function decisionText(input: unknown, args: readonly string[] = []): string {
  if (typeof input === 'string') return input;
  if (typeof input !== 'object' || input === null) return args.join('\n');
  const { command, ...others } = input as Record<string, unknown>;
  if (typeof command !== 'string') return JSON.stringify(input, null, 2);
  const rest = Object.keys(others).length === 0 ? '' : `\n\n${JSON.stringify(others, null, 2)}`;
  return command + rest;
}
