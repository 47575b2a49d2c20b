/** What a tool would get, word for word: a command as itself with every other argument below it, all else as JSON. */
export function decisionText(input: unknown, args: readonly string[] = []): string {
  if (typeof input === 'string') return input;
  if (typeof input !== 'object' || input === null) return args.join('\n');
  const { command, ...others } = input as Record<string, unknown>;
  if (typeof command !== 'string') return JSON.stringify(input, null, 2);
  const rest = Object.entries(others).map(([name, value]) => `${plainName(name)}: ${JSON.stringify(value)}`);
  return rest.length === 0 ? command : `${command}\n\n${rest.join('\n')}`;
}

/** A name that could be mistaken for something else is quoted. */
function plainName(name: string): string {
  return /^\w+$/.test(name) ? name : JSON.stringify(name);
}
