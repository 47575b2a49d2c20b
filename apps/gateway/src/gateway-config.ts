import { openSeal } from './auth/seal.ts';
import type { LoadedConfig } from './config.ts';
import { ConfigHistory, type ConfigSource } from './config-history.ts';
import { ConfigReload } from './config-reload.ts';
import { openKeyFile } from './gateway-key-file.ts';
import type { Audit } from './ground/audit.ts';
import type { Clock } from './ground/clock.ts';
import type { ConfigHistory as StoredHistory } from './ground/config-record.ts';
import { GatewayError } from './ground/gateway-error.ts';
import { type Logger, logOf } from './ground/logger.ts';
import type { Metrics } from './ground/metrics.ts';
import type { LiveConfig } from './live-config.ts';
import type { Store } from './store/store.ts';
import { watchFiles } from './watch-files.ts';

/** Where configurations come from. */
export type ConfigFiles = {
  /** What the gateway was started with. */
  started: LoadedConfig;
  /** Reads file and environment anew. Throws StartError. */
  load(): LoadedConfig;
  /** Whether it is that of a gateway for one command, which nobody has configured so. */
  isPassing?: boolean;
};

type ConfigParts = {
  configFiles: ConfigFiles;
  live: LiveConfig;
  dataDir: string;
  store: StoredHistory & Pick<Store, 'sharedKeys'>;
  audit: Audit;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
};

export type GatewayConfig = {
  reload: ConfigReload;
  /** The same for one who waits for no answer: what is wrong stands in the log. */
  reloadFor(source: ConfigSource): void;
  /** From now on a change of the files is noticed, unless that is not wanted. */
  watch(): void;
  close(): void;
};

/** How the configuration changes while the gateway runs. Throws StartError. */
export function openGatewayConfig({
  configFiles,
  live,
  dataDir,
  store,
  ...parts
}: ConfigParts): GatewayConfig {
  const { started, load, isPassing = false } = configFiles;
  const { audit, clock, metrics } = parts;
  const key = openKeyFile('config-history-key', { config: started.config, store, dataDir, clock });
  key.refresh();
  const history = new ConfigHistory(store, openSeal(key.file));
  const logger = logOf('config', parts.logger);
  const reload = new ConfigReload({ started, isPassing, live, history, load, audit, clock, logger, metrics });
  const reloadFor = (source: ConfigSource) => {
    try {
      reload.reload(source);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
    }
  };
  let stop = () => {};
  return {
    reload,
    reloadFor,
    watch() {
      const { files, config } = started;
      if (files.length === 0 || !config.gateway.watch_config) return;
      stop = watchFiles({ files, clock, onChange: () => reloadFor({ actor: null, origin: 'file' }) });
    },
    close: () => stop(),
  };
}
