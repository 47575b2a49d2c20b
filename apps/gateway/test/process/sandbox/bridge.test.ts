import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EgressProxy } from '../../../src/egress/egress-proxy.ts';
import { createEgressGuard } from '../../../src/egress-guard.ts';
import { silentLogger } from '../../../src/ground/logger.ts';
import { socketName } from '../../../src/process/sandbox/bridge/with-bridge.ts';
import { parseAllowedHost } from '../../../src/settings/allowed-host.ts';
import { isAlive } from '../../contracts/worker-contract/is-alive.ts';
import { stdioKinds } from '../start-fake.ts';
import { openSandbox } from './open-sandbox.ts';

/** Two services of the machine, of which one is listed. */
let services: Server[];
let [listed, other] = [0, 0];
const folder = mkdtempSync(join(tmpdir(), 'egress-'));
let proxy: EgressProxy | undefined;

beforeAll(async () => {
  services = await Promise.all(
    ['of the machine', 'of somebody else'].map(async (words) => {
      const server = createServer((request, response) => response.end(`${request.url} ${words}`));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  [listed = 0, other = 0] = services.map((server) => (server.address() as AddressInfo).port);
});
afterEach(async () => {
  await proxy?.close();
  proxy = undefined;
});
afterAll(() => {
  for (const server of services) server.close();
  rmSync(folder, { recursive: true });
});

async function openProxy(): Promise<void> {
  const entry = parseAllowedHost(`127.0.0.1:${listed}`);
  const findRoute = createEgressGuard({
    ...{ allowed: entry ? [entry] : [], gatewayPorts: [], resolve: async () => [], ownAddresses: () => [] },
  });
  proxy = await EgressProxy.open({ folder, socketName, findRoute, logger: silentLogger });
}

const open = () => openSandbox({ network: { folder, direct: ['localhost'] }, readable: [execPath] });

/** Fetches with what Node makes of the variables of a proxy, and says what came. */
const fetching = (url: string) =>
  `exec ${execPath} -e "fetch('${url}').then(async (r) => r.status + ' ' + await r.text()).then(console.log, (e) => console.log(e.cause.code))"`;

describe('a sandbox with a list of hosts', () => {
  test('[B4] reaches what is listed by the proxy, and is told in words what is not', async () => {
    await openProxy();
    using bench = open();
    expect(await bench.run(fetching(`http://127.0.0.1:${listed}/a?b=c`))).toBe('200 /a?b=c of the machine');
    expect(await bench.run(fetching(`http://127.0.0.1:${other}/`))).toContain(
      `403 HotPlex: 127.0.0.1:${other} is not among worker.sandbox.allowed_hosts`,
    );
  });

  test('[B4] reaches nothing past the proxy: neither loopback of the machine, nor an address, nor a name', async () => {
    await openProxy();
    using bench = open();
    const direct = [`127.0.0.1:${listed}`, '192.0.2.1:443', 'example.com:443'].map((address) => {
      const [host, port] = address.split(':');
      return `require('net').connect({ host: '${host}', port: ${port} }).on('connect', () => console.log('reached')).on('error', (e) => console.log(e.code));`;
    });
    const said = await bench.run(`exec ${execPath} -e "${direct.join(' ')}"`);
    expect(said.split('\n').toSorted()).toEqual(['EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH']);
  });

  test('[G8] waits for a gateway that is started again', async () => {
    using bench = open();
    await using fake = bench.start(`echo up; ${fetching(`http://127.0.0.1:${listed}/later`)}`);
    await fake.line(0);
    await openProxy();
    expect(await fake.line(1)).toBe('200 /later of the machine');
  });
});

describe.each(stdioKinds)('a program with a bridge beside it, with a %s', (stdio) => {
  test('[B2] is the one that is told, asked to end and waited for, and the bridge goes with it', async () => {
    using bench = open();
    await using fake = bench.start(
      `trap 'echo asked; exit 3' TERM; read line; echo "$line"; while :; do sleep 0.05; done`,
      { stdio },
    );
    fake.process.writeLine('hello');
    expect(await fake.line(0)).toBe('hello');
    expect(await fake.process.stop()).toMatchObject({ reason: 'stopped', code: 3 });
    expect(fake.lines).toEqual(['hello', 'asked']);
    expect(isAlive(fake.pid)).toBe(false);
  });

  test('[B2] that ends by itself does not wait for the bridge', async () => {
    using bench = open();
    await using fake = bench.start('exit 7', { stdio });
    expect(await fake.exit).toMatchObject({ reason: 'exited', code: 7 });
  });
});
