import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createApiKeys } from '../../auth/api-key.ts';
import { createRequestGuard, type RequestGuard } from '../../auth/request-guard.ts';
import { loadSigningKey } from '../../auth/signing-key.ts';
import { weaknessOf } from '../../auth/weakness-of.ts';
import type { Config } from '../../config-schema.ts';
import { splitAddress } from '../../listen-address.ts';
import { refuseUnsafe } from '../../start-checks.ts';
import type { Finding } from './finding.ts';

/** Whether pages and names of others are sent away (W1, W2). */
export function lookAtDoor(config: Config): Omit<Finding, 'check'> {
  refuseUnsafe(config);
  const { security, gateway, admin } = config;
  const webchat = config.webchat.url === undefined ? [] : [new URL(config.webchat.url).origin];
  const guards: [name: string, address: string, guard: RequestGuard][] = [
    [
      'the gateway',
      gateway.addr,
      createRequestGuard({
        hosts: security.allowed_hosts,
        origins: [...webchat, ...security.allowed_origins],
      }),
    ],
  ];
  if (admin.enabled) {
    guards.push([
      'the admin listener',
      admin.addr,
      createRequestGuard({ hosts: admin.allowed_hosts, origins: 'none' }),
    ]);
  }
  for (const [name, address, guard] of guards) {
    const localPort = splitAddress(address).port;
    const host = `127.0.0.1:${localPort}`;
    const lets = (headers: Record<string, string>) =>
      guard({ url: '/', headers, localPort, upgrade: true }).allowed;
    if (lets({ host, origin: 'https://foreign.invalid' })) throw new Error(`${name} lets foreign pages in`);
    if (lets({ host: 'foreign.invalid' })) throw new Error(`${name} answers to foreign host names`);
    if (!lets({ host })) throw new Error(`${name} does not answer to its own name ${host}`);
  }
  const allowed = [...webchat, ...security.allowed_origins];
  const others = allowed.length === 0 ? 'no others' : allowed.join(', ');
  return {
    state: 'ok',
    message: `foreign pages and host names are refused; beside its own pages: ${others}`,
  };
}

/** Whether keys can be guessed or read by others (A1, J7). Makes none. */
export function lookAtKeys({ security, admin }: Config, dataDir: string): Omit<Finding, 'check'> {
  createApiKeys(security.api_keys);
  const weakness = admin.token === undefined ? undefined : weaknessOf(admin.token);
  if (weakness !== undefined)
    throw new Error(`admin.token ${weakness}: make one with \`openssl rand -hex 32\``);
  const file = join(dataDir, 'signing-key.json');
  const made = existsSync(file);
  if (made) loadSigningKey(file);
  const signing = made ? 'the signing key is private' : 'the signing key is made at the first start';
  return {
    state: 'ok',
    message: `${security.api_keys.length} API keys, none of which can be guessed; ${signing}`,
  };
}
