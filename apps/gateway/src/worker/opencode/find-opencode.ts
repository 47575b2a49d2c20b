import { type Found, findProgram } from '../find-program.ts';

/** The version the contract suite runs with. */
export const tested = '1.18.33';

export const install = `npm install -g opencode-ai@${tested}`;

type Environment = Readonly<Record<string, string | undefined>>;

/** The CLI's binary: the configured path, else OPENCODE_BIN, else `opencode` in PATH. */
export function findOpenCode({
  command,
  environment,
}: {
  command?: string;
  environment: Environment;
}): Found {
  return findProgram(command ?? environment.OPENCODE_BIN ?? 'opencode', environment);
}
