import { dirname } from 'node:path';
import type { Config } from './config-schema.ts';
import { splitAddress } from './listen-address.ts';
import type { PolicyContext } from './policy/policy.ts';
import { expandPath } from './start-checks.ts';

/** Where a gateway that is installed for the whole machine keeps its files (Filesystem Hierarchy Standard). */
const usualDirs = ['/etc/hotplex', '/var/lib/hotplex'];

/** What is the gateway's own, which no agent's tool call may be about, and the operator's rules. `file` is that of the configuration. */
export function gatewayPlaces(
  { db, gateway, admin, policy }: Config,
  file: string | undefined,
): Pick<PolicyContext, 'gatewayDirs' | 'gatewayPorts' | 'rules'> {
  const addresses = [gateway.addr, ...(admin.addr === undefined ? [] : [admin.addr])];
  return {
    gatewayDirs: [
      dirname(expandPath(db.path)),
      ...(file === undefined ? [] : [expandPath(file)]),
      ...usualDirs,
    ],
    gatewayPorts: addresses.map((address) => splitAddress(address).port),
    rules: policy.rules,
  };
}
