import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AepClient } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import WebSocket from 'ws';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
import { type NatsServer, startNatsServer } from '../../apps/gateway/test/support/nats-server.ts';
import { TestPostgres } from '../../apps/gateway/test/support/postgres.ts';
import { makeCertificate } from '../support/make-certificate.ts';
import { createNewcomer, type Newcomer, shellBlocks } from '../support/newcomer.ts';
import { freePort } from '../support/operators.ts';
import { main } from '../support/run-cli.ts';
import { apiKey } from '../support/start-gateway.ts';

type Machine = { port: number; type(lines: string): Promise<string>; home: string };
const names = ['node-1', 'node-2', 'node-3'] as const;
/** As the page has it where one typed it before. */
const settings = 'set -a && . ~/.hotplex/cluster.env && set +a';

/** The load balancer's configuration as somebody makes it his own: other names, and no resolver of Docker's. */
function haproxyFor(
  ports: readonly number[],
  { front, pidFile }: { front: number; pidFile: string },
): string {
  const own = readFileSync(new URL('../../deploy/docker/haproxy.cfg', import.meta.url), 'utf8')
    .replace(/^resolvers [\s\S]*?\n\n/m, '')
    .replaceAll(' resolvers docker init-addr none', '')
    .replace('defaults\n', `global\n    pidfile ${pidFile}\n\ndefaults\n`)
    .replace('bind :8443', `bind 127.0.0.1:${front}`)
    .replaceAll(/"\S+HOST\}:8443"/g, `localhost:${front}`);
  return names.reduce(
    (text, name, index) => text.replaceAll(`${name}:8443`, `127.0.0.1:${ports[index]}`),
    own,
  );
}

test('docs/cluster.md, word for word: one gateway becomes three, loses some, and is one again', async () => {
  const [postgres, nats] = await Promise.all([TestPostgres.start(), startNatsServer()]);
  using somebody = createNewcomer({ url: '' });
  const pidFile = join(somebody.folder, 'haproxy.pid');
  const [front, ...ports] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const machines = names.map((_, index) => open(somebody, { front, port: ports[index] ?? 0 }, index));
  const [one, two, three] = (await Promise.all(machines)) as [Machine, Machine, Machine];
  const url = await postgres.emptyDatabase();
  const blocks = (heading: string) =>
    shellBlocks('cluster.md', heading).map((lines) =>
      lines
        .replaceAll('postgres://hotplex:PASSWORD@db.example.com/hotplex', url)
        .replaceAll('nats://hotplex:PASSWORD@nats.example.com:4222', nats.url)
        .replaceAll('/srv/hotplex', join(somebody.folder, 'srv'))
        .replaceAll('https://chat.example.com:8443', `https://localhost:${front}`),
    );
  const [backup = '', share = '', first = '', others = '', look = '', balance = ''] =
    blocks('From one gateway to three');
  const [update = '', die = '', alone = ''] = blocks('Day by day');
  const recall = (id: string) => `hotplex run --session ${id} recall`;
  await using _ = {
    async [Symbol.asyncDispose]() {
      const isUp = 'hotplex gateway stop --now || true';
      await Promise.all([one, two, three].map(({ type }) => type(isUp)));
      await somebody.type(`if [ -e ${pidFile} ]; then kill $(cat ${pidFile}); fi`);
      await Promise.all([nats[Symbol.asyncDispose](), postgres.remove()]);
    },
  };

  const begun = await one.type(
    `hotplex gateway start -d\nhotplex run --json "remember the milk"\n${backup}${share}${first}`,
  );
  const id = /"session_id":"([^"]+)/.exec(begun)?.[1] ?? '';
  expect(begun).toMatch(/before-cluster\.db: \d+ bytes, checked/);
  expect(begun).toMatch(/every one of them is the same there/);
  const [, secrets = ''] = /cat > (~\S+)\)/.exec(share) ?? [];
  const guarded = `hotplex policy check 'cat ${secrets}' || true\nstat -c %a ${secrets}`;
  expect(await one.type(guarded)).toMatch(/^deny \(N6\)[\s\S]*^600$/m);
  const inHome = secrets.replace('~/', '');
  for (const { home } of [two, three]) {
    mkdirSync(dirname(join(home, inHome)), { recursive: true });
    cpSync(join(one.home, inHome), join(home, inHome));
  }
  await Promise.all([two.type(others), three.type(others.replaceAll('node-2', 'node-3'))]);
  const seen = async ({ type }: Machine) =>
    [...(await type(look)).matchAll(/"name":"([^"]+)/g)].map(([, name]) => name);
  expect((await seen(three)).toSorted()).toEqual(names);
  expect(await two.type(`${settings}\n${recall(id)}`)).toMatch(/- the milk/);

  writeFileSync(join(one.home, 'haproxy.cfg'), haproxyFor(ports, { front, pidFile }));
  expect(await one.type(balance)).toContain('{"status":"ok"}');
  using client = openClient(
    `https://localhost:${front}`,
    readFileSync(join(somebody.folder, 'server.crt'), 'utf8'),
  );
  await client.connect();
  expect((await client.prompt('flood 5').done).text).toBe(floodText(5));

  expect(await two.type(`${settings}\n${update}`)).toMatch(/"status":"draining"[\s\S]*node-2/);
  expect((await client.prompt('flood 6').done).text).toBe(floodText(6));
  await three.type(die);
  await expect.poll(() => seen(one)).not.toContain('node-3');
  expect((await client.prompt('flood 7').done).text).toBe(floodText(7));
  await expectClientsWhile(nats, { front, type: one.type });

  await two.type('hotplex gateway stop');
  expect(await one.type(`${settings}\n${alone}${recall(id)}`)).toMatch(/- the milk/);
}, 240_000);

/** A machine of somebody's: a home, and a gateway that others reach by the load balancer. */
async function open(
  somebody: Newcomer,
  { front, port }: { front: number; port: number },
  index: number,
): Promise<Machine> {
  const { folder } = somebody;
  const [home, bin] = [join(folder, `home-${index}`), join(folder, 'bin')];
  const work = join(folder, 'srv/work');
  for (const each of [home, bin, work]) mkdirSync(each, { recursive: true });
  const hotplex = join(bin, 'hotplex');
  writeFileSync(hotplex, `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`);
  chmodSync(hotplex, 0o755);
  const { cert, key } = makeCertificate(folder);
  const operators = `127.0.0.1:${await freePort()}`;
  const env = {
    ...{ HOME: home, PATH: `${bin}:/usr/sbin:${somebody.env.PATH}`, DEMO_PACE: '0', HOTPLEX_AGENT: 'demo' },
    ...{ HOTPLEX_GATEWAY_ADDR: `127.0.0.1:${port}`, HOTPLEX_ADMIN_ADDR: operators },
    ...{ HOTPLEX_GATEWAY_TLS_CERT: cert, HOTPLEX_GATEWAY_TLS_KEY: key, CURL_CA_BUNDLE: cert },
    ...{ HOTPLEX_SECURITY_ALLOWED_HOSTS: `localhost:${front}`, HOTPLEX_SECURITY_API_KEY_1: apiKey },
    ...{
      HOTPLEX_WORKER_ISOLATION: 'process',
      HOTPLEX_GATEWAY_DRAIN_TIMEOUT: '1s',
      HOTPLEX_CLUSTER_LEASE: '3s',
    },
  };
  const [ask = ''] = shellBlocks('operations.md', "The operators' port");
  const [, asking = ''] = /^(ask\(\) \{[\s\S]*?^\})/m.exec(ask) ?? [];
  return {
    ...{ port, home },
    type: (lines) =>
      somebody.type(`${asking.replace('127.0.0.1:9999', operators)}\n${lines}`, { env, cwd: work }),
  };
}

/** A program behind the load balancer, which knows the certificate and comes back by itself. */
function openClient(url: string, ca: string) {
  class Trusting extends WebSocket {
    constructor(
      address: string,
      protocols?: string | string[],
      options?: { headers: Record<string, string> },
    ) {
      super(address, protocols, { ...options, ca });
    }
  }
  const reconnect = { minMs: 20, maxMs: 200 };
  return new AepClient({ url, workerType: 'demo', auth: apiKey, reconnect, webSocket: Trusting });
}

/** No node knows of another then, and each goes on with what it has: the load balancer still sends clients there. */
async function expectClientsWhile(
  nats: NatsServer,
  { front, type }: { front: number; type: Machine['type'] },
) {
  await nats.kill();
  const asked = (path: string) => type(`curl -s https://localhost:${front}${path} || true`);
  await expect.poll(() => asked('/health/ready')).toBe('{"status":"cut_off"}');
  expect(await asked('/health')).toBe('{"status":"ok"}');
  await nats.start();
  await expect.poll(() => asked('/health/ready')).toBe('{"status":"ok"}');
}
