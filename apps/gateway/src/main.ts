import { parseArgs } from 'node:util';
import { loadConfig } from './config.ts';
import { StartError } from './ground/start-error.ts';
import { listAgents } from './list-agents.ts';
import { createLogger } from './log.ts';
import { serve } from './serve.ts';
import { openWorkers } from './workers.ts';

const usage = `hotplex – coding agents as services

  hotplex [serve] [--config FILE]   run the gateway
  hotplex agents  [--config FILE]   which agents are installed here, and how to get the others

  Every setting can also come from the environment: HOTPLEX_GATEWAY_ADDR, HOTPLEX_DB_PATH, … (docs/configuration.md).`;

const commands = ['serve', 'agents', 'help'] as const;
type Command = (typeof commands)[number];

function readArguments(): { command: Command; config: string | undefined } {
  try {
    const { values, positionals } = parseArgs({
      options: { config: { type: 'string', short: 'c' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    const [asked = 'serve', ...more] = positionals;
    const command = values.help ? 'help' : commands.find((name) => name === asked);
    if (!command || more.length > 0) throw new Error(`there is no command ${positionals.join(' ')}`);
    return { command, config: values.config };
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : String(error)}: see --help`);
  }
}

async function main(): Promise<void> {
  const { command, config: file = process.env.HOTPLEX_CONFIG } = readArguments();
  if (command === 'help') {
    console.log(usage);
    return;
  }
  const { config, warnings } = loadConfig({ file, env: process.env });
  const logger = createLogger(config.log.level);
  for (const warning of warnings) logger.warn({}, warning);
  if (command === 'serve') await serve(config, logger);
  else console.log(await listAgents(openWorkers(config).definitions));
}

main().catch((error: unknown) => {
  if (error instanceof StartError) console.error(`hotplex cannot start: ${error.message}`);
  else console.error('hotplex cannot start:', error);
  process.exit(1);
});
