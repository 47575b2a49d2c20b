import { dirname, join } from 'node:path';
import type { Config } from './config-schema.ts';
import { isLoopback, splitAddress } from './listen-address.ts';
import type { PolicyContext } from './policy/policy.ts';
import { sharedDirOf } from './shared-dir.ts';
import { expandPath } from './start-checks.ts';
import { systemHome } from './system-home.ts';

/** Where a gateway for the whole machine keeps its configuration and its data; beside those, in its home, agents work. */
const usualDirs = ['/etc/hotplex', join(systemHome, '.hotplex/data')];

/** What is the gateway's own, which no agent's tool call may be about, and the operator's rules. `files` are those of the configuration. */
export function gatewayPlaces(
  config: Config,
  files: readonly string[],
): Pick<PolicyContext, 'gatewayDirs' | 'gatewayPorts' | 'rules'> {
  const { db, gateway, admin, policy, security, cluster } = config;
  const addresses = [gateway.addr, ...(admin.enabled ? [admin.addr] : [])];
  // Whoever writes them is somebody else for clients, or signs as anybody.
  const own = [gateway.tls.key, gateway.tls.cert, security.jwt_jwks_file].filter(
    (path) => path !== undefined,
  );
  return {
    gatewayDirs: [
      dirname(expandPath(db.path)),
      sharedDirOf(config),
      ...files.map(expandPath),
      ...own.map(expandPath),
      ...usualDirs,
    ],
    gatewayPorts: [
      ...addresses.map((address) => splitAddress(address).port),
      ...localPorts(db.url, 5_432),
      ...(cluster.url ?? '').split(',').flatMap((url) => localPorts(url.trim(), 4_222)),
    ],
    rules: policy.rules,
  };
}

/** Where a PostgreSQL or a NATS of this machine listens: it may let everybody in who comes from here. */
function localPorts(url: string | undefined, usual: number): number[] {
  if (!url) return [];
  const { hostname, port } = new URL(url);
  return isLoopback(hostname.replace(/^\[|\]$/g, '')) ? [Number(port || usual)] : [];
}
