import { join } from 'node:path';
import type { Config } from './config-schema.ts';
import { EgressProxy } from './egress/egress-proxy.ts';
import { createEgressGuard } from './egress-guard.ts';
import type { Logger } from './ground/logger.ts';
import { StartError } from './ground/start-error.ts';
import { ownAddresses } from './own-addresses.ts';
import { resolveName } from './policy/url/resolve-name.ts';
import { socketName } from './process/sandbox/bridge/with-bridge.ts';

type EgressOptions = { config: Config; dataDir: string; gatewayPorts: readonly number[]; logger: Logger };

/** A path of a socket cannot be longer (man 7 unix). */
const maxPathBytes = 107;

/** Where the proxy of agents with an allow-list listens: a folder of its own, since that is what they see. */
export const egressDirOf = (dataDir: string): string => join(dataDir, 'egress');

/** Opens the only way out of sandboxes with an allow-list; undefined where they have none. Throws StartError. */
export async function openEgress(options: EgressOptions): Promise<EgressProxy | undefined> {
  const { config, dataDir, gatewayPorts, logger } = options;
  const { network, allowed_hosts: allowed } = config.worker.sandbox;
  if (network !== 'allow-list') return undefined;
  const folder = egressDirOf(dataDir);
  if (Buffer.byteLength(join(folder, socketName)) > maxPathBytes) {
    throw new StartError(
      `${join(folder, socketName)} is too long for the path of a socket: choose a db.path in a folder with a shorter name`,
    );
  }
  const findRoute = createEgressGuard({ allowed, gatewayPorts, resolve: resolveName, ownAddresses });
  return EgressProxy.open({ folder, socketName, findRoute, logger });
}
