import { parseArgs } from 'node:util';
import { type LoadedConfig, loadConfig } from '../config.ts';
import type { Config } from '../config-schema.ts';
import type { ConfigFiles } from '../gateway-config.ts';
import type { LogLines } from '../ground/log-lines.ts';
import type { Logger } from '../ground/logger.ts';
import { StartError } from '../ground/start-error.ts';
import { createLogger } from '../log.ts';

export type OpenConfig = {
  config: Config;
  /** Where its settings came from. */
  origins: LoadedConfig['origins'];
  /** The files it came from. */
  files: readonly string[];
  configFiles: ConfigFiles;
  logger: Logger;
  /** From now on less or more is logged. */
  setLogLevel(level: string): void;
  /** The last lines of that. */
  logLines: LogLines;
};

/** The configuration that a command runs with, warnings logged. Throws StartError. */
export function openConfig(given: string | undefined): OpenConfig {
  const file = given ?? process.env.HOTPLEX_CONFIG;
  const load = () => loadConfig({ file, env: process.env });
  const started = load();
  const { config, origins, files, warnings } = started;
  const { log, admin } = config;
  const { logger, lines: logLines, setLevel } = createLogger({ level: log.level, keep: admin.log_lines });
  for (const warning of warnings) logger.warn({}, warning);
  return { config, origins, files, configFiles: { started, load }, logger, setLogLevel: setLevel, logLines };
}

/** The same for a command that takes nothing but `--config`. */
export function openConfigOf(args: readonly string[]): OpenConfig {
  try {
    const options = { config: { type: 'string', short: 'c' } } as const;
    return openConfig(parseArgs({ args: [...args], options }).values.config);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`${error instanceof Error ? error.message : String(error)}: see --help`);
  }
}
