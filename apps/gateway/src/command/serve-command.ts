import { serve } from '../serve.ts';
import { findStarter } from '../starter.ts';
import type { RunCommand } from './command.ts';
import { openConfig } from './open-config.ts';
import { readArguments } from './read-arguments.ts';
import { serve as description } from './table/serve.ts';

/** Runs the gateway. */
export const runServe: RunCommand = async (args) => {
  const starter = findStarter(process);
  if (starter?.aborted) return undefined;
  const { values } = readArguments(description, args);
  const logFile = values['log-file'];
  await serve({ ...openConfig(values.config, logFile), starter, logFile });
  return undefined;
};
