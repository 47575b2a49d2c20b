import { expect, it } from 'vitest';
import { startNatsServer } from '../support/nats-server.ts';
import { joinNats } from './support/open-nats-rig.ts';

const user = ['--user', 'gateway', '--pass', 'correct horse'];

it('a NATS that cannot be reached is said in words', async () => {
  const server = await startNatsServer();
  await server[Symbol.asyncDispose]();
  await expect(joinNats(server)).rejects.toMatchObject({
    name: 'StartError',
    message: `NATS at 127.0.0.1:${server.port} cannot be reached (connection refused): start it, or correct cluster.url (HOTPLEX_CLUSTER_URL)`,
  });
});

it('a NATS without JetStream is said in words', async () => {
  await using server = await startNatsServer({ flags: [] });
  await expect(joinNats(server)).rejects.toMatchObject({
    name: 'StartError',
    message: expect.stringMatching(
      /^NATS has no JetStream for this gateway \(.+\): start nats-server with --jetstream/,
    ),
  });
});

it('a credential that NATS refuses is said in words, without the credential', async () => {
  await using server = await startNatsServer({ flags: ['--jetstream', ...user] });
  const wrong = `nats://gateway:wrong@127.0.0.1:${server.port}`;
  await expect(joinNats({ url: wrong })).rejects.toMatchObject({
    name: 'StartError',
    message: `NATS at 127.0.0.1:${server.port} refuses the credential in cluster.url: correct the user and password, or the token, that stand before the host`,
  });
  const bus = await joinNats({ url: `nats://gateway:correct%20horse@127.0.0.1:${server.port}` });
  expect(bus.isHeld).toBe(true);
  await bus.close();
});

it('a token stands where a user would', async () => {
  await using server = await startNatsServer({ flags: ['--jetstream', '--auth', 's3cr3t'] });
  const bus = await joinNats({ url: `nats://s3cr3t@127.0.0.1:${server.port}` });
  expect(bus.isHeld).toBe(true);
  await bus.close();
});
