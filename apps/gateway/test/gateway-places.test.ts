import { expect, test } from 'vitest';
import { configSchema } from '../src/config-schema.ts';
import { gatewayPlaces } from '../src/gateway-places.ts';
import { classifyPlace } from '../src/policy/place/classify-place.ts';

test('[N6] [B3] whatever makes the gateway what it is is its own: its data, all files of its configuration, its keys', () => {
  const config = configSchema.parse({
    db: { path: '/srv/data/hotplex.db' },
    cluster: { shared_dir: '/mnt/disk/hotplex' },
    gateway: { addr: '127.0.0.1:4321', tls: { cert: '/opt/tls/cert.pem', key: '/opt/tls/key.pem' } },
    admin: { addr: '127.0.0.1:4322' },
    security: { jwt_jwks_file: '/opt/keys.json' },
  });
  const { gatewayDirs, gatewayPorts } = gatewayPlaces(config, ['/opt/config.yaml', '/opt/secrets.yaml']);
  for (const path of [
    '/srv/data',
    '/mnt/disk/hotplex',
    '/opt/config.yaml',
    '/opt/secrets.yaml',
    '/opt/tls/key.pem',
    '/opt/keys.json',
  ])
    expect(gatewayDirs).toContain(path);
  expect(gatewayPorts).toEqual([4321, 4322]);
});

test('[B3] a PostgreSQL database of this machine is no address for agents', () => {
  const portsOf = (url: string) => gatewayPlaces(configSchema.parse({ db: { url } }), []).gatewayPorts;
  expect(portsOf('postgres://a:b@localhost/hotplex')).toContain(5_432);
  expect(portsOf('postgresql://a:b@[::1]:6000/hotplex')).toContain(6_000);
  expect(portsOf('postgres://a:b@db.example.com:6000/hotplex')).not.toContain(6_000);
});

test('[B3] nor is a NATS of this machine, of whatever servers there are', () => {
  const secret = 'a secret that all of them have, all';
  const portsOf = (url: string) =>
    gatewayPlaces(configSchema.parse({ cluster: { url, secret } }), []).gatewayPorts;
  expect(portsOf('nats://n.example.com:4000, tls://127.0.0.1:5000,nats://localhost')).toEqual([
    ...[8_888, 9_999, 5_000, 4_222],
  ]);
});

test('[N6] what a gateway for the whole machine keeps is its own for the agents of every gateway, but they work beside it', () => {
  const workDir = '/srv/hotplex/app';
  const places = gatewayPlaces(configSchema.parse({}), []);
  const classify = (path: string) =>
    classifyPlace(path, workDir, { workDir, home: '/srv/hotplex', ...places });
  for (const path of ['/etc/hotplex/config.yaml', '/srv/hotplex/.hotplex/data/hotplex.db'])
    expect(classify(path).zone).toBe('gateway');
  expect(classify('/srv/hotplex/app/main.ts').zone).toBe('work');
});
