import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createClusterKeys } from '../../src/cluster/nats/cluster-keys.ts';
import { eventually } from '../support/eventually.ts';
import { startNatsServer } from '../support/nats-server.ts';
import { readAll } from '../support/read-all.ts';
import { joinNats, secret } from './support/open-nats-rig.ts';

it('nodes need no more of NATS than docs/cluster.md says, and NATS refuses them nothing then', async () => {
  const { name } = createClusterKeys(secret);
  const subjects = [`hotplex.${name}.>`, '$JS.API.>', `$KV.hotplex_${name}_leases.>`, '_INBOX.>'];
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-nats-conf-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'nats.conf');
  const permissions = { publish: subjects, subscribe: subjects };
  const authorization = { users: [{ user: 'hotplex', password: 'correct horse', permissions }] };
  writeFileSync(file, JSON.stringify({ jetstream: { max_mem: 2 ** 24 }, authorization }));
  const server = await startNatsServer({ flags: ['--config', file] });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const url = `nats://hotplex:correct%20horse@127.0.0.1:${server.port}`;
  const warned: unknown[] = [];
  const logger = {
    debug() {},
    info() {},
    warn: (...said: unknown[]) => warned.push(said),
    error: (...said: unknown[]) => warned.push(said),
  };
  const [one, two] = [await joinNats({ url, logger }), await joinNats({ url, node: 'two', logger })];
  await eventually(() => one.nodes().length).toBe(2);
  const told: string[] = [];
  two.onTold('words', (data) => told.push(data));
  one.tell('words', 'a word');
  await eventually(() => told).toEqual(['a word']);
  two.onConnect((stream) => stream.pipe(stream));
  const stream = await one.connect(two.self.life);
  stream.end('there and back');
  expect((await readAll(stream)).toString()).toBe('there and back');
  await Promise.all([one.close(), two.close()]);
  expect(warned).toEqual([]);
});
