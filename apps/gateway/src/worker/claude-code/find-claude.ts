import { type Found, findProgram } from '../find-program.ts';

/** The version our tests run with. */
export const tested = '2.1.330';

export const install = `npm install -g @anthropic-ai/claude-code@${tested}`;

type Environment = Readonly<Record<string, string | undefined>>;

/** The CLI's binary: the configured path, else CLAUDE_BIN, else `claude` in PATH. */
export function findClaude({ command, environment }: { command?: string; environment: Environment }): Found {
  return findProgram(command ?? environment.CLAUDE_BIN ?? 'claude', environment);
}
