import type { IsolationLevel } from '@hotplex/aep-protocol';
import type { Router } from './cluster/router.ts';
import type { Config } from './config-schema.ts';
import type { ConfigFiles } from './gateway-config.ts';
import type { GatewayDatabase } from './gateway-database.ts';
import type { GatewayNode } from './gateway-node.ts';
import type { Clock } from './ground/clock.ts';
import type { Ids } from './ground/ids.ts';
import type { LogLines } from './ground/log-lines.ts';
import type { Logger } from './ground/logger.ts';
import type { Tracing } from './ground/tracing.ts';
import type { LastingProcesses } from './process/child-process.ts';
import type { Store } from './store/store.ts';
import type { WorkerRegistry } from './worker/registry.ts';

/** What a gateway is given of the machine that it runs on. */
export type GatewayParts = {
  config: Config;
  configFiles: ConfigFiles;
  /** From now on less or more is logged. */
  setLogLevel(level: string): void;
  store: Store;
  database: GatewayDatabase;
  /** To the nodes that work for other sessions; default: there are none. */
  router?: Router;
  /** Of a cluster, if this is one. */
  node?: GatewayNode;
  workers: WorkerRegistry;
  processes: LastingProcesses;
  /** What keeps agents from the rest of the machine, for operators to see. */
  isolation: IsolationLevel;
  clock: Clock;
  ids: Ids;
  logger: Logger;
  /** The last lines of that, for operators to see. */
  logLines: LogLines;
  random: () => number;
  defaultWorkDir: string;
  dataDir: string;
  /** The web chat's export; undefined serves none. */
  webchatDir: string | undefined;
  /** The documentation's site; undefined says that it is not built. */
  docsDir: string | undefined;
  /** Of the gateway itself. */
  version: string;
  /** Told what took how long; undefined: nobody. */
  tracing: Tracing | undefined;
  /** Whether it opens its port. Without one its clients are those of its own process. */
  isListening: boolean;
};
