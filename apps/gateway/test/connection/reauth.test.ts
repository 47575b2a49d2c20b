import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { forgeToken, validClaims } from '../auth/forge-token.ts';
import { apiKey } from '../auth/open-door.ts';
import { openConnections } from './open-connections.ts';

function openHouse() {
  const house = openConnections();
  const { key, store } = house.door;
  /** Ends so many seconds from the beginning of the test. */
  const tokenFor = (sub: string, seconds: number, claims: Record<string, unknown> = {}) => {
    const exp = validClaims.iat + seconds;
    return forgeToken({
      ...{ key: key.privateKey, header: { kid: key.publicKey.kid } },
      claims: { ...validClaims, sub, exp, jti: randomUUID(), ...claims },
    });
  };
  const reauth = (token?: string) => ({
    action: 'reauth',
    ...(token === undefined ? {} : { auth: { token } }),
  });
  return { ...house, reauth, revoke: (jti: string) => store.revokeToken(jti, 1e15), tokenFor };
}

test('[J6] [H8] an expired token is asked for again; after the grace the socket closes and the turn goes on', async () => {
  const { clock, join, tokenFor, worker, sessions } = openHouse();
  const client = await join(await tokenFor('alice', 60));
  await client.say('input', { content: 'a long one' });
  clock.advance(60_000);
  expect(client.told('control')).toEqual([
    { action: 'reauth', reason: 'expired', details: { grace_ms: 30_000 } },
  ]);
  await client.say('input', { content: 'within the grace', delivery: 'queue' }, 'c2');
  expect(client.told('input')).toHaveLength(2);
  clock.advance(30_000);
  expect(client.closed).toBe(4401);
  expect(worker.calls).toEqual(['prompt a long one']);
  await sessions.close({ keepAgents: false });
});

test('[H8] a fresh token on the same socket lets it go on, and is what counts from then on', async () => {
  const { clock, join, reauth, revoke, tokenFor } = openHouse();
  const client = await join(await tokenFor('alice', 60));
  clock.advance(70_000);
  await client.say('control', reauth(await tokenFor('alice', 600, { jti: 'second' })));
  expect(client.told('error')).toEqual([]);
  clock.advance(400_000);
  expect(client.closed).toBeUndefined();
  await client.say('ping');
  expect(client.told('pong')).toHaveLength(1);
  revoke('second');
  clock.advance(5_000);
  expect(client.closed).toBe(4401);
});

test('[H8] [A4] a token of somebody else, a wrong one or none changes nothing', async () => {
  const { clock, join, reauth, tokenFor } = openHouse();
  const client = await join(await tokenFor('alice', 60));
  await client.say('control', reauth(await tokenFor('mallory', 600)), 'r1');
  await client.say('control', reauth(await tokenFor('alice', 600, { bot_id: 'bot' })), 'r2');
  await client.say('control', reauth(apiKey), 'r3');
  await client.say('control', reauth('made up'), 'r4');
  await client.say('control', reauth(await tokenFor('alice', -10)), 'r5');
  await client.say('control', reauth(), 'r6');
  expect(client.told('error')).toMatchObject([
    { event_id: 'r1', code: 'FORBIDDEN' },
    { event_id: 'r2', code: 'FORBIDDEN' },
    { event_id: 'r3', code: 'FORBIDDEN' },
    { event_id: 'r4', code: 'UNAUTHORIZED' },
    { event_id: 'r5', code: 'UNAUTHORIZED' },
    { event_id: 'r6', code: 'INVALID_MESSAGE', details: { fields: [{ field: 'event.data.auth.token' }] } },
  ]);
  clock.advance(90_000);
  expect(client.closed).toBe(4401);
});

test('[J8] a revoked token ends its sockets within five seconds and nobody else’s', async () => {
  const { clock, join, revoke, tokenFor } = openHouse();
  const out = await join(await tokenFor('alice', 600, { jti: 'lost' }));
  const stays = await join(await tokenFor('alice', 600, { jti: 'kept' }));
  revoke('lost');
  clock.advance(5_000);
  expect([out.closed, stays.closed]).toEqual([4401, undefined]);
});

test('[H8] [C1] a viewer may renew its credential, too', async () => {
  const { clock, join, reauth, tokenFor } = openHouse();
  const viewer = await join(await tokenFor('alice', 60), { role: 'viewer' });
  await viewer.say('control', reauth(await tokenFor('alice', 600)));
  expect(viewer.told('error')).toEqual([]);
  clock.advance(100_000);
  expect(viewer.closed).toBeUndefined();
});
