import { expect, test } from 'vitest';
import { configSchema } from '../src/config-schema.ts';
import { gatewayPlaces } from '../src/gateway-places.ts';

test('[N6] [B3] whatever makes the gateway what it is is its own: its data, all files of its configuration, its keys', () => {
  const config = configSchema.parse({
    db: { path: '/srv/data/hotplex.db' },
    gateway: { addr: '127.0.0.1:4321', tls: { cert: '/opt/tls/cert.pem', key: '/opt/tls/key.pem' } },
    admin: { addr: '127.0.0.1:4322' },
    security: { jwt_jwks_file: '/opt/keys.json' },
  });
  const { gatewayDirs, gatewayPorts } = gatewayPlaces(config, ['/opt/config.yaml', '/opt/secrets.yaml']);
  for (const path of [
    '/srv/data',
    '/opt/config.yaml',
    '/opt/secrets.yaml',
    '/opt/tls/key.pem',
    '/opt/keys.json',
  ])
    expect(gatewayDirs).toContain(path);
  expect(gatewayPorts).toEqual([4321, 4322]);
});
