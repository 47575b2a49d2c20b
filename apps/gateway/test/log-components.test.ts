import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeCertificate } from '../../../tests/support/make-certificate.ts';
import { newApiKey } from '../src/auth/stored-api-keys.ts';
import { configSchema } from '../src/config-schema.ts';
import { openGatewayCertificate } from '../src/gateway-certificate.ts';
import { openGatewayDoors } from '../src/gateway-doors.ts';
import { openHooks } from '../src/gateway-hooks.ts';
import { openOidc } from '../src/gateway-oidc.ts';
import { createGatewaySnapshots } from '../src/gateway-snapshots.ts';
import { openTokens, signingKeyFile } from '../src/gateway-tokens.ts';
import { createIds } from '../src/ground/ids.ts';
import { LiveConfig } from '../src/live-config.ts';
import { createMemoryStore } from '../src/store/memory-store.ts';
import { temporaryFolder } from './store/support/temporary-folder.ts';
import { createManualClock } from './support/manual-clock.ts';

/** What rooms are opened with, and the components that have said something since. */
function openParts(given: object = {}) {
  const heard: unknown[] = [];
  const log = ({ component }: Record<string, unknown>) => void heard.push(component);
  const logger = { debug: log, info: log, warn: log, error: log };
  const [dataDir, clock] = [temporaryFolder(), createManualClock(Date.now())];
  const config = configSchema.parse({ db: { path: join(dataDir, 'hotplex.db') }, ...given });
  return {
    heard,
    config,
    live: new LiveConfig(config),
    dataDir,
    clock,
    logger,
    ids: createIds(),
    gatewayPorts: [],
  };
}

test('[L2] the log of tokens has its name', async () => {
  const { heard, config, ...parts } = openParts();
  const { signToken } = openTokens({
    ...{ ...parts, security: config.security, revocations: createMemoryStore() },
  });
  utimesSync(signingKeyFile(parts.dataDir), 0, 0);
  parts.clock.advance(5_000);
  await signToken({ subject: 'ann', tokenId: 't', role: 'viewer', signedInAt: 0, lifetimeMs: 1_000 });
  expect(heard).toEqual(['tokens']);
});

test('[L2] the log of stored keys has the name of that of credentials', async () => {
  const { heard, ...parts } = openParts();
  const store = createMemoryStore();
  const { key, record } = newApiKey(
    { name: 'ci', subject: 'key:ci', role: 'driver', lifetimeMs: undefined },
    parts,
  );
  store.saveApiKey(record);
  store.noteApiKeyUse = () => {
    throw new Error('the disk is full');
  };
  const { authenticate } = openGatewayDoors({ ...parts, store, audit: { record() {} } });
  const attempt = { address: '127.0.0.1', origin: null };
  expect(await authenticate({ kind: 'api_key', key }, attempt)).toMatchObject({ subject: 'key:ci' });
  expect(heard).toEqual(['auth']);
});

test('[L2] the log of hooks has its name', async () => {
  const targets = [{ name: 'chat', url: 'https://receiver.example/hook' }];
  const { heard, ...parts } = openParts({ hooks: { targets } });
  const store = createMemoryStore();
  store.nextDelivery = () => {
    throw new Error('the disk is full');
  };
  const hooks = openHooks({
    ...parts,
    store,
    push: undefined,
    random: () => 0,
    webchatUrl: () => 'http://localhost/',
  });
  hooks?.start();
  await hooks?.close();
  expect(heard).toEqual(['hooks']);
});

test('[L2] the log of snapshots has its name', async () => {
  const { heard, ...parts } = openParts();
  const snapshots = createGatewaySnapshots({ ...parts, configFiles: [] });
  writeFileSync(join(parts.dataDir, 'snapshots'), 'a file where the folder should be');
  snapshots.start({ id: 's1', workDir: temporaryFolder() });
  await snapshots.settled();
  expect(heard).toEqual(['snapshots']);
});

test('[L2] the log of signing in with a provider has its name', async () => {
  const { heard, ...parts } = openParts({
    oidc: {
      ...{ issuer: 'https://127.0.0.1:1', client_id: 'hotplex', allowed_domains: ['example.com'] },
      redirect_uri: 'https://chat.example.com/api/auth/oidc/callback',
    },
  });
  await expect(openOidc(parts)?.provider.begin()).rejects.toMatchObject({ code: 'GATEWAY_OVERLOAD' });
  expect(heard).toEqual(['oidc']);
});

test('[L2] the log of the certificate has its name', () => {
  const { heard, clock, ...parts } = openParts({ gateway: { tls: makeCertificate(temporaryFolder()) } });
  clock.advance(2 * 24 * 3_600_000);
  openGatewayCertificate(parts.config, { clock, logger: parts.logger });
  expect(heard).toEqual(['certificate']);
});
