import { parseArgs } from 'node:util';
import { backup } from './command/backup.ts';
import { loadConfig } from './config.ts';
import { StartError } from './ground/start-error.ts';
import { listAgents } from './list-agents.ts';
import { createLogger } from './log.ts';
import { serve } from './serve.ts';
import { openWorkers } from './workers.ts';

const usage = `hotplex – coding agents as services

  hotplex [serve] [--config FILE]   run the gateway
  hotplex agents  [--config FILE]   which agents are installed here, and how to get the others
  hotplex backup NEW-FILE           copy the database, also while the gateway runs

  Every setting can also come from the environment: HOTPLEX_GATEWAY_ADDR, HOTPLEX_DB_PATH, … (docs/configuration.md).`;

/** Each command, and the names of what it is given. */
const commands = { serve: [], agents: [], backup: ['NEW-FILE'], help: [] } as const;
type Command = keyof typeof commands;

const isCommand = (name: string): name is Command => Object.hasOwn(commands, name);

type Arguments = { command: Command; given: readonly string[]; config: string | undefined };

function readArguments(): Arguments {
  try {
    const { values, positionals } = parseArgs({
      options: { config: { type: 'string', short: 'c' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    const [asked = 'serve', ...given] = positionals;
    if (values.help) return { command: 'help', given: [], config: undefined };
    if (!isCommand(asked)) throw new Error(`there is no command ${asked}`);
    const wanted = commands[asked];
    if (given.length !== wanted.length)
      throw new Error(`it is: hotplex ${[asked, ...wanted].join(' ')}, not ${positionals.join(' ')}`);
    return { command: asked, given, config: values.config };
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : String(error)}: see --help`);
  }
}

async function main(): Promise<void> {
  const { command, given, config: file = process.env.HOTPLEX_CONFIG } = readArguments();
  if (command === 'help') {
    console.log(usage);
    return;
  }
  const { config, warnings } = loadConfig({ file, env: process.env });
  const logger = createLogger(config.log.level);
  for (const warning of warnings) logger.warn({}, warning);
  const [newFile = ''] = given;
  if (command === 'serve') await serve(config, logger);
  else if (command === 'backup') await backup(config, newFile);
  else console.log(await listAgents(openWorkers(config).definitions));
}

main().catch((error: unknown) => {
  if (error instanceof StartError) console.error(`hotplex cannot start: ${error.message}`);
  else console.error('hotplex cannot start:', error);
  process.exit(1);
});
