import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadConfig } from './config.ts';
import { dataDirOf, startGateway } from './gateway.ts';
import { systemClock } from './ground/clock.ts';
import { createIds } from './ground/ids.ts';
import { StartError } from './ground/start-error.ts';
import { createLogger } from './log.ts';
import { createSpawnProcess } from './process/spawn-process.ts';
import { expandPath, prepareWorkDir, refuseUnsafe } from './start-checks.ts';
import { openSqliteStore } from './store/sqlite-store.ts';
import { createWorkers } from './workers.ts';

const usage = `hotplex – coding agents as services

  node main.mjs [--config FILE]

  Every setting can also come from the environment: HOTPLEX_GATEWAY_ADDR, HOTPLEX_DB_PATH, … (docs/configuration.md).`;

function readArguments(): { config: string | undefined } {
  try {
    const { values } = parseArgs({
      options: { config: { type: 'string', short: 'c' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    return { config: values.config };
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : String(error)}: see --help`);
  }
}

/** The export as it ships, or as it lies beside the sources. */
function findWebchat(): string | undefined {
  const places = ['./webchat', '../../webchat/out'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  return places.find((path) => existsSync(path));
}

async function main(): Promise<void> {
  const file = readArguments().config ?? process.env.HOTPLEX_CONFIG;
  const { config, warnings } = loadConfig({ file, env: process.env });
  const logger = createLogger(config.log.level);
  for (const warning of warnings) logger.warn({}, warning);
  refuseUnsafe(config);
  const defaultWorkDir = prepareWorkDir(config.worker.default_work_dir);
  const databasePath = expandPath(config.db.path);
  const store = await openSqliteStore({ path: databasePath });
  const ids = createIds();
  const clock = systemClock;
  const dataDir = dataDirOf(databasePath);
  const workers = createWorkers({
    config,
    clock,
    ids,
    spawn: createSpawnProcess({ clock }),
    environment: process.env,
    dataDir,
  });
  const webchatDir = config.webchat.enabled
    ? (config.webchat.dir && expandPath(config.webchat.dir)) || findWebchat()
    : undefined;
  const gateway = await startGateway({
    config,
    store,
    workers,
    clock,
    ids,
    logger,
    random: Math.random,
    defaultWorkDir,
    dataDir,
    webchatDir,
  });

  console.log(`HotPlex is running at http://${gateway.host}:${gateway.port}`);
  console.log(`Open this link to sign in (it works once):\n\n  ${gateway.signInLink()}\n`);
  if (process.stdin.isTTY) {
    console.log('Press Enter for a new link, Ctrl+C to stop.');
    process.stdin.on('data', () => console.log(`\n  ${gateway.signInLink()}\n`));
  }

  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      gateway.close().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error({ error: String(error) }, 'stopping failed');
          process.exit(1);
        },
      );
    });
  }
}

main().catch((error: unknown) => {
  if (error instanceof StartError) console.error(`hotplex cannot start: ${error.message}`);
  else console.error('hotplex cannot start:', error);
  process.exit(1);
});
