import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };
import type { Config } from './config-schema.ts';
import { startGateway } from './gateway.ts';
import { systemClock as clock } from './ground/clock.ts';
import { createIds } from './ground/ids.ts';
import type { Logger } from './ground/logger.ts';
import { createLastingProcesses } from './process/lasting-processes.ts';
import { expandPath, prepareWorkDir, refuseUnsafe } from './start-checks.ts';
import { openSqliteStore } from './store/sqlite-store.ts';
import { openWorkers } from './workers.ts';

/** Runs the gateway until a signal ends it. Throws StartError with what is wrong and what to do. */
export async function serve(config: Config, logger: Logger): Promise<void> {
  refuseUnsafe(config);
  const defaultWorkDir = prepareWorkDir(config.worker.default_work_dir);
  const path = expandPath(config.db.path);
  const store = await openSqliteStore({ path, clock, logger });
  const gateway = await startGateway({
    ...{ config, store, workers: openWorkers(config), clock, ids: createIds(), logger, defaultWorkDir },
    processes: createLastingProcesses({ clock }),
    random: Math.random,
    dataDir: dirname(path),
    webchatDir: config.webchat.enabled ? findWebchat(config.webchat.dir) : undefined,
    version: manifest.version,
  });

  console.log(`HotPlex is running at http://${gateway.host}:${gateway.port}`);
  console.log(`Open this link to sign in (it works once):\n\n  ${gateway.signInLink()}\n`);
  if (process.stdin.isTTY) {
    console.log('Press Enter for a new link, Ctrl+C to stop.');
    process.stdin.on('data', () => console.log(`\n  ${gateway.signInLink()}\n`));
  }
  closeOnSignal(() => gateway.close(), logger);
}

/** The export that was configured, or as it ships, or as it lies beside the sources. */
function findWebchat(configured: string | undefined): string | undefined {
  if (configured) return expandPath(configured);
  const places = ['./webchat', '../../webchat/out'];
  return places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find(existsSync);
}

/** The first signal closes in order; the second ends at once. */
function closeOnSignal(close: () => Promise<void>, logger: Logger): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      close().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error({ error: String(error) }, 'stopping failed');
          process.exit(1);
        },
      );
    });
  }
}
