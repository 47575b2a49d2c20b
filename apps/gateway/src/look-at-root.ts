import type { Config } from './config-schema.ts';
import { StartError } from './ground/start-error.ts';
import { isLoopback, splitAddress } from './listen-address.ts';

const why = 'agents are root then, too, and no limit on processes binds them';
const remedy = 'run it as a user of its own, or say security.allow_root (HOTPLEX_SECURITY_ALLOW_ROOT)';

/**
 * What the operator has to know of a gateway that runs as this user (requirement B7); undefined if nothing. Throws
 * StartError for root where others can reach it.
 * NOTE: on loopback alone root is warned of and no more: in containers, where people try things, there is often no other user.
 */
export function lookAtRoot({ gateway, security }: Config, uid: number | undefined): string | undefined {
  if (uid !== 0 || security.allow_root) return undefined;
  if (isLoopback(splitAddress(gateway.addr).host)) return `the gateway runs as root, ${why}: ${remedy}`;
  throw new StartError(`the gateway runs as root and other machines can reach it, ${why}: ${remedy}`);
}
