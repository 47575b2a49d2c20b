import { existsSync } from 'node:fs';
import { execPath } from 'node:process';
import type { ProcessOptions } from '../../child-process.ts';
import type { Mount } from '../mounts.ts';
import { programPlaces } from '../program-places.ts';
import { findBridgeFile } from './bridge-file.ts';

/** How a sandbox without a network reaches what the gateway lets through. */
export type Bridge = {
  /** Where the gateway listens with `socketName`. A folder, since each gateway makes a socket of its own in it. */
  folder: string;
  /** What programs are to ask for without the gateway: their own loopback, but for what is allowed of the machine's. */
  direct: readonly string[];
};

/** The name of the gateway's socket. */
export const socketName = 'proxy.sock';

type Bridged = Pick<ProcessOptions, 'file' | 'args' | 'env'> & {
  /** What the bridge itself needs to read. */
  readable: readonly string[];
  mounts: readonly Mount[];
};

/** Only the sandbox has this port: it has a loopback of its own. */
const port = 3128;
const folderInside = '/run/hotplex';

/**
 * Waits until the bridge listens, and becomes the program. The bridge is nobody's child but the first process's, and has none
 * of the program's streams, so that these end with the program.
 */
const script = `
listening=$("$1" "$2" "$3" "$4" </dev/null 2>/dev/null &)
[ "$listening" ] || { echo 'the way out of the sandbox could not be opened' >&2; exit 1; }
shift 4
exec "$@"
`;

/** The program with a bridge beside it, and with what tells programs of it: a proxy for HTTP, as curl, Node and most others read it. */
export function withBridge(
  { file, args, env }: Pick<ProcessOptions, 'file' | 'args' | 'env'>,
  { folder, direct }: Bridge,
): Bridged {
  const bridge = findBridgeFile();
  const address = `http://127.0.0.1:${port}`;
  const proxies = ['http_proxy', 'https_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);
  const exceptions = direct.join(',');
  return {
    file: '/bin/sh',
    args: [
      ...['-c', script, 'hotplex-bridge', execPath, bridge, String(port), `${folderInside}/${socketName}`],
      ...[file, ...args],
    ],
    env: {
      ...env,
      ...Object.fromEntries(proxies.map((name) => [name, address])),
      ...{ no_proxy: exceptions, NO_PROXY: exceptions },
      // Node asks for it (nodejs.org, "Command-line API").
      NODE_USE_ENV_PROXY: '1',
    },
    readable: [...programPlaces(execPath), bridge],
    mounts: existsSync(folder) ? [{ kind: 'readable', path: folderInside, source: folder }] : [],
  };
}
