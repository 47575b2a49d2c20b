import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Config } from './config-schema.ts';
import { StartError } from './ground/start-error.ts';
import { isLoopback, splitAddress } from './listen-address.ts';

/** A path of the configuration: `~` is the user's home, relative paths count from the current directory. */
export function expandPath(path: string): string {
  return path === '~' || path.startsWith('~/') ? resolve(homedir(), path.slice(2)) : resolve(path);
}

/** Shapes of configuration that would let in who shouldn't (A1); there is no switch to start them anyway. */
export function refuseUnsafe({ gateway, admin, security }: Config): void {
  if (security.allowed_origins.some((origin) => origin.includes('*'))) {
    throw new StartError(
      'security.allowed_origins contains *: name each origin, such as https://chat.example.com',
    );
  }
  const { cert, key } = gateway.tls;
  if ((cert === undefined) !== (key === undefined)) {
    const missing = cert === undefined ? 'cert' : 'key';
    throw new StartError(`gateway.tls.${missing} is missing: set both gateway.tls.cert and gateway.tls.key`);
  }
  if (cert === undefined && !isLoopback(splitAddress(gateway.addr).host)) {
    throw new StartError(
      `gateway.addr ${gateway.addr} is reachable from other machines and this gateway has no TLS: set gateway.tls.cert and gateway.tls.key, or use 127.0.0.1 and put a TLS proxy in front`,
    );
  }
  if (admin.enabled && !admin.allow_remote && !isLoopback(splitAddress(admin.addr).host)) {
    throw new StartError(
      `admin.addr ${admin.addr} is reachable from other machines: use 127.0.0.1, or set admin.allow_remote (HOTPLEX_ADMIN_ALLOW_REMOTE) if a TLS proxy or a private network guards it`,
    );
  }
}

/** The directory agents work in by default: a configured one must exist, the built-in one is made. */
export function prepareWorkDir(configured: string | undefined): string {
  const path = expandPath(configured ?? '~/.hotplex/workspace');
  try {
    if (configured === undefined) mkdirSync(path, { recursive: true });
    if (!statSync(path).isDirectory()) throw new Error('not a directory');
    accessSync(path, constants.R_OK | constants.X_OK);
  } catch (cause) {
    throw new StartError(
      `the work directory ${path} does not exist or cannot be entered: create it and give it to this user, or set HOTPLEX_WORKER_DEFAULT_WORK_DIR to another one`,
      { cause },
    );
  }
  return path;
}
