import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { loadConfig, parseSettings } from '../src/config.ts';
import { endingMs } from '../src/ending-time.ts';
import { publicPermissions } from '../src/http/permissions.ts';
import { refuseUnsafe } from '../src/start-checks.ts';

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../deploy/${path}`, import.meta.url)), 'utf8');
const secondsToEnd = (parseSettings({}).gateway.drain_timeout + endingMs) / 1_000;
const secret = 'of-a-test-cluster-and-of-nothing-else';

const strings = z.record(z.string(), z.string());
const { services } = z
  .object({
    services: z.record(
      z.string(),
      z.looseObject({
        image: z.string(),
        environment: strings,
        volumes: z.array(z.string()),
        depends_on: z.record(z.string(), z.unknown()).optional(),
      }),
    ),
  })
  .parse(parseYaml(read('docker/compose.cluster.yaml'), { merge: true }));
const nodes = Object.entries(services).filter(([, { image }]) => image === 'hotplex');

/** A configuration as a gateway would read it that is given these variables. */
function startable(env: Record<string, string>) {
  const { config, warnings } = loadConfig({ file: undefined, env });
  expect(warnings).toEqual([]);
  refuseUnsafe(config);
  return config;
}

test('compose gives three gateways one cluster, and each a name and data of its own', () => {
  const given = nodes.map(([, { environment }]) =>
    Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        value.replaceAll(/\$\{(\w+)[^}]*\}/g, (_, variable) =>
          variable === 'HOTPLEX_HOST' ? 'chat.example.com' : secret,
        ),
      ]),
    ),
  );
  const configs = given.map((env) => startable(env));
  expect(configs.map(({ cluster }) => cluster.node)).toEqual(nodes.map(([name]) => name));
  expect(
    new Set(configs.map(({ cluster: { node: _, ...shared }, db }) => JSON.stringify({ shared, db }))),
  ).toHaveLength(1);
  const dataOf = nodes.map(([, { volumes }]) => volumes.find((each) => each.endsWith(':/data')));
  expect(new Set(dataOf)).toHaveLength(3);
  const [config] = configs;
  for (const [, { volumes, depends_on, environment }] of nodes) {
    const { HOME } = environment;
    for (const path of [
      HOME,
      dirname(config?.db.path ?? ''),
      config?.worker.default_work_dir,
      config?.cluster.shared_dir,
    ])
      expect(volumes.some((each) => each.endsWith(`:${path}`))).toBe(true);
    for (const url of [config?.db.url, config?.cluster.url])
      expect(Object.keys(depends_on ?? {})).toContain(new URL(url ?? '').hostname);
  }
});

test('and them no more rights than they need, the time to end, and what is not ours by its digest', () => {
  for (const [, service] of nodes) {
    expect(service).toMatchObject({
      ...{ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], init: true },
    });
    expect(Number.parseInt(String(service.stop_grace_period), 10)).toBeGreaterThan(secondsToEnd);
  }
  const others = Object.values(services).filter(({ image }) => image !== 'hotplex');
  for (const { image } of others) expect(image).toMatch(/:[\w.-]+@sha256:[0-9a-f]{64}$/);
  const published = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
  expect(published.map(([name]) => name)).toEqual(['balancer']);
});

test('the load balancer knows each of them, asks what is answered to anyone, and has somebody left to send clients to', () => {
  const backends = read('docker/haproxy.cfg')
    .split(/^backend /m)
    .slice(1);
  expect(backends.map((text) => /uri (\S+)/.exec(text)?.[1])).toEqual(['/health/ready', '/health']);
  for (const text of backends) {
    const servers = [...text.matchAll(/^ {4}server (\S+) \1:8443$/gm)].map(([, name]) => name);
    expect(servers).toEqual(nodes.map(([name]) => name));
    expect(publicPermissions[`GET ${/uri (\S+)/.exec(text)?.[1]}`]).toBe('anyone');
  }
});
