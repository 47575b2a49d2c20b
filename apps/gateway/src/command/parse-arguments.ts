import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { StartError } from '../ground/start-error.ts';

/** The options and words of a command. Throws StartError for an option that it does not have. */
export function parseArguments<T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : String(error)}: see --help`);
  }
}
