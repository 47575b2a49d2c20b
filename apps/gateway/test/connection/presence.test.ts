import { expect, test } from 'vitest';
import { apiKey } from '../auth/open-door.ts';
import { openConnections } from './open-connections.ts';

const pair = { session_id: 'a pair' };

test('[C5] who asked hears who is there, and whenever somebody comes or goes; nobody else does', async () => {
  const { join } = openConnections();
  const first = await join(apiKey, { ...pair, presence: true, client: { name: 'webchat' } });
  const second = await join(apiKey, { ...pair, role: 'viewer' });
  const third = await join(apiKey, { ...pair, presence: true, client: { name: 'script' } });
  second.connection.closed();
  const webchat = { user: 'key:tests', role: 'driver', client: 'webchat' };
  const viewer = { user: 'key:tests', role: 'viewer', you: false };
  const script = { user: 'key:tests', role: 'driver', client: 'script' };
  expect(first.told('presence').map(({ participants }) => participants)).toEqual([
    [{ ...webchat, you: true }],
    [{ ...webchat, you: true }, viewer],
    [{ ...webchat, you: true }, viewer, { ...script, you: false }],
    [
      { ...webchat, you: true },
      { ...script, you: false },
    ],
  ]);
  expect(third.told('presence').at(-1)?.participants).toEqual([
    { ...webchat, you: false },
    { ...script, you: true },
  ]);
  expect(second.told('presence')).toEqual([]);
  expect(first.frames.map(({ event }) => event.type).slice(0, 2)).toEqual(['init_ack', 'presence']);
});

test('[C5] [A4] other sessions are none of it, whoever they are of', async () => {
  const { join, door } = openConnections();
  const first = await join(apiKey, { ...pair, presence: true });
  await join(apiKey, { session_id: 'another' });
  const bob = await door.signIn.admit({ subject: 'bob', role: 'driver' }, 60_000);
  await join(bob.accessToken, pair);
  expect(first.told('presence')).toHaveLength(1);
});
