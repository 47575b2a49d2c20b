import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };
import { chooseIsolation } from './choose-isolation.ts';
import type { Config } from './config-schema.ts';
import { endingMs } from './ending-time.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { type ClusterParts, openGatewayCluster } from './gateway-cluster.ts';
import type { ConfigFiles } from './gateway-config.ts';
import { type OpenedDatabase, openGatewayDatabase } from './gateway-database.ts';
import type { GatewayNode } from './gateway-node.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { gatewayPlaces } from './gateway-places.ts';
import { announceGateway } from './gateway-record.ts';
import { atMost } from './ground/at-most.ts';
import { systemClock as clock } from './ground/clock.ts';
import { createIds } from './ground/ids.ts';
import type { LogLines } from './ground/log-lines.ts';
import { type Logger, logOf } from './ground/logger.ts';
import { lookAtRoot } from './look-at-root.ts';
import { nodeHole } from './node-hole.ts';
import { egressDirOf, openEgress } from './open-egress.ts';
import { openTracing } from './open-tracing.ts';
import { Keeper } from './process/keeper/keeper.ts';
import { createLastingProcesses } from './process/lasting-processes.ts';
import { MemoryLimit } from './process/memory-limit.ts';
import { createProcessTable } from './process/process-table.ts';
import { readsTerminal } from './reads-terminal.ts';
import { requireSharedDir } from './shared-dir.ts';
import { expandPath, prepareWorkDir, refuseUnsafe } from './start-checks.ts';
import { untilDeserted } from './starter.ts';
import { openWorkers } from './workers.ts';

/** The signals that end it. */
const endings = ['SIGINT', 'SIGTERM', 'SIGUSR2'] as const;
/** How long a collector may take for the last of what it is told. */
const lastSpansMs = 2_000;

export type ServeOptions = {
  config: Config;
  configFiles: ConfigFiles;
  logger: Logger;
  /** From now on less or more is logged. */
  setLogLevel(level: string): void;
  /** The last lines of that. */
  logLines: LogLines;
  /** Aborted once the command is gone that this gateway runs for; undefined: it runs for everybody. */
  starter?: AbortSignal | undefined;
  /** Where its log goes; undefined: to stderr. */
  logFile?: string | undefined;
};

/** What runs on this machine: the gateway, and what ends with it. */
export type Opened = { gateway: Gateway; close: Gateway['close'] };

/** Starts the gateway on this machine. Throws StartError with what is wrong and what to do. */
export async function openOnMachine(
  { config, configFiles, logger, starter, ...log }: ServeOptions,
  { isListening, router }: Pick<GatewayParts, 'isListening' | 'router'>,
): Promise<Opened> {
  refuseUnsafe(config);
  const hole = nodeHole(process.versions.node);
  if (hole !== undefined) logger.warn({}, hole);
  const root = lookAtRoot(config, process.getuid?.());
  if (root !== undefined) logger.warn({}, root);
  const defaultWorkDir = prepareWorkDir(config.worker.default_work_dir);
  requireSharedDir(config);
  const { gatewayDirs: hidden, gatewayPorts } = gatewayPlaces(config, configFiles.started.files);
  const dataDir = dirname(expandPath(config.db.path));
  const egressDir = egressDirOf(dataDir);
  const isolation = await chooseIsolation(config, { hidden, egressDir, environment: process.env });
  if (isolation.warning !== undefined) logger.warn({ isolation: isolation.level }, isolation.warning);
  const { version } = manifest;
  const ids = createIds();
  const { random } = Math;
  const { store, database, node } = await openStorage({ config, version, clock, ids, logger, random });
  const tracing = await openTracing({
    ...{ config, environment: process.env, version },
    logger: logOf('tracing', logger),
  });
  const egress = await openEgress({ config, dataDir, gatewayPorts, logger: logOf('egress', logger) });
  const folder = join(dataDir, 'processes');
  const table = createProcessTable();
  const processLogger = logOf('process', logger);
  const keeper = new Keeper({
    ...{ folder, graceMs: orphanGraceOf(config), table, clock, logger: processLogger },
  });
  keeper.hold();
  const spool = config.worker.stdio === 'spool' && orphanGraceOf(config) > 0;
  const registry = { folder, keeper, spool };
  const maxBytes = config.worker.max_memory;
  const memory = maxBytes > 0 ? new MemoryLimit({ maxBytes, table, clock }) : undefined;
  const gateway = await startGateway({
    configFiles: { ...configFiles, isPassing: starter !== undefined },
    ...{ config, store, database, clock, ids, logger, ...log, defaultWorkDir, dataDir, random, version },
    workers: openWorkers(config, { registry, memory, logger: processLogger, isolation }),
    processes: createLastingProcesses({ folder, keeper, table, clock, logger: processLogger }),
    isolation: isolation.level,
    webchatDir: config.webchat.enabled ? findWebchat(config.webchat.dir) : undefined,
    docsDir: findSite('./docs', '../../../docs/.vitepress/dist'),
    ...{ isListening, tracing, ...(router && { router }), ...(node && { node }) },
  });
  return {
    gateway,
    async close(how) {
      await gateway.close(how);
      await egress?.close();
      if (tracing) await atMost(clock, lastSpansMs, [tracing.close()]);
    },
  };
}

/** What this gateway keeps, alone or as one of several. Throws StartError. */
async function openStorage(parts: ClusterParts): Promise<OpenedDatabase & { node?: GatewayNode }> {
  const { config, logger } = parts;
  if (config.cluster.url === undefined)
    return openGatewayDatabase(config, { clock, logger: logOf('store', logger) });
  const { node, database } = await openGatewayCluster(parts);
  return { store: node.store, database, node };
}

/**
 * How long agents live on without a gateway, ms. In a cluster they are gone before another node goes on with their
 * sessions: that is at two thirds of the lease at the earliest.
 */
function orphanGraceOf({ worker, cluster }: Config): number {
  return cluster.url === undefined ? worker.orphan_grace : Math.min(worker.orphan_grace, cluster.lease / 2);
}

/** Runs the gateway until a signal ends it. Throws StartError with what is wrong and what to do. */
export async function serve(options: ServeOptions): Promise<void> {
  const { config, logger, starter } = options;
  const { gateway, close } = await openOnMachine(options, { isListening: true });
  console.log(`HotPlex is running at ${gateway.url}`);
  console.log(`Open this link to sign in (it works once):\n\n  ${gateway.signInLink()}\n`);
  const isAttended = readsTerminal(process.stdin);
  if (isAttended) {
    console.log('Press Enter for a new link, Ctrl+C to stop.');
    process.stdin.on('data', () => console.log(`\n  ${gateway.signInLink()}\n`));
  }
  // Whoever closes the terminal it runs in wants it to end.
  if (!isAttended) process.on('SIGHUP', () => gateway.reload({ actor: null, origin: 'signal' }));
  const { version } = manifest;
  const dataDir = dirname(expandPath(config.db.path));
  const bound = starter !== undefined;
  const announced = announceGateway(dataDir, {
    ...{ url: gateway.url, version, now: clock.now(), bound, log_file: options.logFile ?? null },
  });
  closeOnSignal({
    signals: isAttended ? [...endings, 'SIGHUP'] : endings,
    close: async (how) => {
      announced.ending();
      await close(how);
      announced.withdraw();
    },
    withinMs: () => gateway.drainTimeoutMs + endingMs,
    logger,
  });
  if (!starter) return;
  await untilDeserted({ starter, unusedMs: gateway.unusedMs, clock });
  process.kill(process.pid, 'SIGTERM');
}

/** The export that was configured, or as it ships, or as it lies beside the sources. */
function findWebchat(configured: string | undefined): string | undefined {
  return configured ? expandPath(configured) : findSite('./webchat', '../../webchat/out');
}

/** The first of these places, from this file, that is there. */
function findSite(...places: readonly string[]): string | undefined {
  return places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find(existsSync);
}

/**
 * The first signal closes in order, the second does so without waiting for turns, the third ends at once. What takes
 * longer than `withinMs` is left behind. SIGUSR2 is the signal of a restart: agents that can go on without us do.
 */
function closeOnSignal({
  signals,
  close,
  withinMs,
  logger,
}: {
  signals: readonly NodeJS.Signals[];
  close: Gateway['close'];
  withinMs(): number;
  logger: Logger;
}): void {
  const hurry = new AbortController();
  let heard = 0;
  const stop = (signal: NodeJS.Signals) => {
    clock.after(withinMs(), () => {
      logger.error({}, 'stopping took too long');
      process.exit(1);
    });
    close({ hurry: hurry.signal, ...(signal === 'SIGUSR2' && { keepAgents: true }) }).then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ error: String(error) }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  for (const signal of signals) {
    process.on(signal, () => {
      heard += 1;
      if (heard === 1) stop(signal);
      else if (heard === 2) hurry.abort();
      else process.exit(1);
    });
  }
}
