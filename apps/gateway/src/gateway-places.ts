import { dirname } from 'node:path';
import type { Config } from './config-schema.ts';
import { splitAddress } from './listen-address.ts';
import type { PolicyContext } from './policy/policy.ts';
import { expandPath } from './start-checks.ts';

/** Where a gateway that is installed for the whole machine keeps its files (Filesystem Hierarchy Standard). */
const usualDirs = ['/etc/hotplex', '/var/lib/hotplex'];

/** What is the gateway's own, which no agent's tool call may be about, and the operator's rules. `files` are those of the configuration. */
export function gatewayPlaces(
  { db, gateway, admin, policy, security }: Config,
  files: readonly string[],
): Pick<PolicyContext, 'gatewayDirs' | 'gatewayPorts' | 'rules'> {
  const addresses = [gateway.addr, ...(admin.enabled ? [admin.addr] : [])];
  // Whoever writes them is somebody else for clients, or signs as anybody.
  const own = [gateway.tls.key, gateway.tls.cert, security.jwt_jwks_file].filter(
    (path) => path !== undefined,
  );
  return {
    gatewayDirs: [
      dirname(expandPath(db.path)),
      ...files.map(expandPath),
      ...own.map(expandPath),
      ...usualDirs,
    ],
    gatewayPorts: addresses.map((address) => splitAddress(address).port),
    rules: policy.rules,
  };
}
