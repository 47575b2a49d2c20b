import { type Found, findProgram } from '../find-program.ts';

export const install = 'npm install -g opencode-ai@1.18.33';

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
