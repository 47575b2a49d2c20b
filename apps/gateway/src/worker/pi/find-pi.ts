import { type Found, findProgram } from '../find-program.ts';

/** The version our tests run with. */
export const tested = '1.5.2';

/** The newest version whose dependencies can all be had from the registry; 1.0 to 1.5.2 name some that cannot. */
export const install = 'npm install -g @earendil-works/pi-coding-agent@0.87.1';

type Environment = Readonly<Record<string, string | undefined>>;

/** The CLI: the configured path, else PI_BIN, else `pi` in PATH. */
export function findPi({ command, environment }: { command?: string; environment: Environment }): Found {
  return findProgram(command ?? environment.PI_BIN ?? 'pi', environment);
}
