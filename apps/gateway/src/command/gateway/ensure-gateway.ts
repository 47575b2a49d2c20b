import { join } from 'node:path';
import type { Config } from '../../config-schema.ts';
import type { GatewayRecord } from '../../gateway-record.ts';
import { spawnGateway } from './spawn-gateway.ts';
import { stopGateway, untilGone } from './stop-gateway.ts';

type EnsureGateway = {
  running: GatewayRecord | undefined;
  dataDir: string;
  configFile: string | undefined;
  config: Pick<Config, 'gateway'>;
  /** Told before one that a command runs for itself is ended. */
  replaces(record: GatewayRecord): void;
};

/** The gateway of this data, in the background: the one that runs, or a new one. Throws StartError. */
export async function ensureGateway({
  running,
  config,
  replaces,
  ...given
}: EnsureGateway): Promise<{ record: GatewayRecord; started: boolean }> {
  if (running?.ending) await untilGone(running, config.gateway.drain_timeout);
  else if (running?.bound) {
    replaces(running);
    await stopGateway(running, { signal: 'SIGTERM', now: false, config });
  } else if (running) return { record: running, started: false };
  const logFile = join(given.dataDir, 'gateway.log');
  const { record } = await spawnGateway({ ...given, logFile, bound: false });
  return { record, started: true };
}
