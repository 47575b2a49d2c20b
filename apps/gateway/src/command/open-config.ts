import { type LoadedConfig, loadConfig } from '../config.ts';
import type { Config } from '../config-schema.ts';
import type { ConfigFiles } from '../gateway-config.ts';
import type { LogLines } from '../ground/log-lines.ts';
import type { Logger } from '../ground/logger.ts';
import { createLogger } from '../log.ts';
import { expandPath } from '../start-checks.ts';

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

/** The configuration that a command runs with, warnings logged, to stderr or to a file. Throws StartError. */
export function openConfig(given: string | undefined, logFile?: string): OpenConfig {
  const file = given ?? process.env.HOTPLEX_CONFIG;
  const load = () => loadConfig({ file, env: process.env });
  const started = load();
  const { config, origins, files, warnings } = started;
  const { log, admin } = config;
  const {
    logger,
    lines: logLines,
    setLevel,
  } = createLogger({
    ...{ level: log.level, keep: admin.log_lines },
    ...(logFile === undefined ? {} : { file: expandPath(logFile) }),
  });
  for (const warning of warnings) logger.warn({}, warning);
  return { config, origins, files, configFiles: { started, load }, logger, setLogLevel: setLevel, logLines };
}
