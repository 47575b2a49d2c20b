import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { forgeToken, validClaims } from './forge-token.ts';
import { newSigningKey } from './new-signing-key.ts';
import { openDoor } from './open-door.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const here = { address: '127.0.0.1', origin: null };
const unknown = { code: 'UNAUTHORIZED' };

const bearer = (door: ReturnType<typeof openDoor>, token: string) =>
  door.authenticate({ kind: 'bearer', token }, here);
const signedIn = async () => {
  const door = openDoor();
  return { door, grant: await door.signIn.redeemCode(door.signIn.newCode()) };
};

describe('the code of the printed link', () => {
  test('[H2] signs in once and only once', async () => {
    const { signIn } = openDoor();
    const code = signIn.newCode();
    expect(await signIn.redeemCode(code)).toMatchObject({ subject: 'local', expiresInSeconds: 900 });
    await expect(signIn.redeemCode(code)).rejects.toMatchObject(unknown);
  });

  test('[H2] of two who use it at the same moment one gets in', async () => {
    const { signIn } = openDoor();
    const code = signIn.newCode();
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => signIn.redeemCode(code)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('[H2] is good for an hour', async () => {
    const { signIn, clock } = openDoor();
    const early = signIn.newCode();
    clock.advance(60 * minute - 1);
    expect(await signIn.redeemCode(early)).toMatchObject({ subject: 'local' });
    const late = signIn.newCode();
    clock.advance(60 * minute);
    await expect(signIn.redeemCode(late)).rejects.toMatchObject(unknown);
  });

  test('[H2] is void as soon as there is a newer one; a wrong one spoils nothing', async () => {
    const { signIn } = openDoor();
    const old = signIn.newCode();
    const code = signIn.newCode();
    expect(code).toMatch(/^[\w-]{32}$/);
    for (const wrong of [old, '', `${code}x`, code.slice(1)])
      await expect(signIn.redeemCode(wrong)).rejects.toMatchObject(unknown);
    expect(await signIn.redeemCode(code)).toMatchObject({ subject: 'local' });
  });

  test('[H2] without a code there is none to guess', async () => {
    await expect(openDoor().signIn.redeemCode('')).rejects.toMatchObject(unknown);
  });
});

describe('refresh tokens', () => {
  test('[J6] an access token ends after 15 minutes; the refresh token brings the next pair', async () => {
    const { door, grant } = await signedIn();
    door.clock.advance(15 * minute + 5_000);
    await expect(bearer(door, grant.accessToken)).rejects.toMatchObject({ details: { reason: 'expired' } });
    const next = await door.signIn.refresh(grant.refreshToken);
    expect(next.refreshToken).not.toBe(grant.refreshToken);
    expect(await bearer(door, next.accessToken)).toMatchObject({ subject: 'local' });
  });

  test('[X6] each is spent once: afterwards it is worth nothing, and its successor still is', async () => {
    const { door, grant } = await signedIn();
    const next = await door.signIn.refresh(grant.refreshToken);
    door.clock.advance(10_000);
    await expect(door.signIn.refresh(grant.refreshToken)).rejects.toMatchObject(unknown);
    expect(await door.signIn.refresh(next.refreshToken)).toMatchObject({ subject: 'local' });
  });

  test('[X6] tabs that race get the same successor, in whatever order the answers come', async () => {
    const { door, grant } = await signedIn();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => door.signIn.refresh(grant.refreshToken)),
    );
    const [first] = answers;
    expect(new Set(answers.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    expect(new Set(answers.map(({ accessToken }) => accessToken)).size).toBe(10);
    for (const { accessToken } of answers)
      expect(await bearer(door, accessToken)).toMatchObject({ subject: 'local' });
    door.clock.advance(minute);
    expect(await door.signIn.refresh(first?.refreshToken ?? '')).toMatchObject({ subject: 'local' });
  });

  test('[X6] a tab that slept through two rotations is led to the newest token', async () => {
    const { door, grant } = await signedIn();
    const second = await door.signIn.refresh(grant.refreshToken);
    const third = await door.signIn.refresh(second.refreshToken);
    expect((await door.signIn.refresh(grant.refreshToken)).refreshToken).toBe(third.refreshToken);
  });

  test('[X6] one that is not used for 30 days is over', async () => {
    const { door, grant } = await signedIn();
    expect(grant.refreshSeconds).toBe(30 * 24 * 60 * 60);
    door.clock.advance(30 * day);
    await expect(door.signIn.refresh(grant.refreshToken)).rejects.toMatchObject(unknown);
  });

  test('[X6] [J8] they outlive a restart, and what is spent or signed out stays so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hotplex-sign-in-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const options = { path: join(folder, 'h.db'), clock: createManualClock() };
    const key = newSigningKey();
    const first = await openSqliteStore(options);
    const before = openDoor({ key, store: first });
    const grant = await before.signIn.redeemCode(before.signIn.newCode());
    const next = await before.signIn.refresh(grant.refreshToken);
    before.clock.advance(1);
    const left = await before.signIn.redeemCode(before.signIn.newCode());
    before.signIn.signOut(left.refreshToken);
    first.close();

    const second = await openSqliteStore(options);
    onTestFinished(() => second.close());
    const after = openDoor({ key, store: second });
    await expect(bearer(after, left.accessToken)).rejects.toMatchObject({ details: { reason: 'revoked' } });
    for (const token of [grant.refreshToken, left.refreshToken])
      await expect(after.signIn.refresh(token)).rejects.toMatchObject(unknown);
    expect(await after.signIn.refresh(next.refreshToken)).toMatchObject({ subject: 'local' });
  });
});

describe('signing out', () => {
  test('[J8] ends the refresh token and every access token made with it, also earlier ones', async () => {
    const { door, grant } = await signedIn();
    const next = await door.signIn.refresh(grant.refreshToken);
    door.signIn.signOut(next.refreshToken);
    for (const { accessToken } of [grant, next])
      await expect(bearer(door, accessToken)).rejects.toMatchObject({ details: { reason: 'revoked' } });
    await expect(door.signIn.refresh(next.refreshToken)).rejects.toMatchObject(unknown);
  });

  test('[J8] with a token that was just rotated signs out, too, and the grace brings nothing back', async () => {
    const { door, grant } = await signedIn();
    const next = await door.signIn.refresh(grant.refreshToken);
    door.signIn.signOut(grant.refreshToken);
    for (const token of [grant.refreshToken, next.refreshToken])
      await expect(door.signIn.refresh(token)).rejects.toMatchObject(unknown);
  });

  test('[J8] ends this browser and no other', async () => {
    const { door, grant } = await signedIn();
    door.clock.advance(1);
    const other = await door.signIn.redeemCode(door.signIn.newCode());
    door.signIn.signOut(grant.refreshToken);
    door.signIn.signOut(grant.refreshToken);
    door.signIn.signOut('never given out');
    expect(await bearer(door, other.accessToken)).toMatchObject({ subject: 'local' });
    expect(await door.signIn.refresh(other.refreshToken)).toMatchObject({ subject: 'local' });
  });
});

describe('signing out everywhere', () => {
  test('[J8] ends all sign-ins, tokens and tickets of a user, and nothing of anybody else', async () => {
    const door = openDoor();
    const alice = { subject: 'oidc:alice', role: 'driver' } as const;
    const [phone, laptop] = [await door.signIn.admit(alice, day), await door.signIn.admit(alice, day)];
    const bob = await door.signIn.admit({ subject: 'oidc:bob', role: 'driver' }, day);
    const next = await door.signIn.refresh(laptop.refreshToken);
    const ticket = door.tickets.issue(await bearer(door, phone.accessToken), { ...here, session: undefined });
    door.signIn.signOutEverywhere(alice.subject);
    for (const { accessToken } of [phone, laptop, next])
      await expect(bearer(door, accessToken)).rejects.toMatchObject({ details: { reason: 'revoked' } });
    await expect(door.authenticate({ kind: 'any', token: ticket }, here)).rejects.toMatchObject({
      details: { reason: 'revoked' },
    });
    for (const { refreshToken } of [phone, laptop, next])
      await expect(door.signIn.refresh(refreshToken)).rejects.toMatchObject(unknown);
    expect(await bearer(door, bob.accessToken)).toMatchObject({ subject: 'oidc:bob' });
    expect(await door.signIn.refresh(bob.refreshToken)).toMatchObject({ subject: 'oidc:bob' });
  });

  test('[J8] ends the link that nobody opened, but not for somebody else’s sign-out; its page goes when it is of no use', async () => {
    const { signIn, ended, clock } = openDoor();
    const code = signIn.newCode();
    signIn.signOutEverywhere('oidc:bob');
    await expect(signIn.redeemCode('guess')).rejects.toMatchObject(unknown);
    expect(ended).toEqual([]);
    signIn.signOutEverywhere('local');
    expect(ended).toEqual([clock.now()]);
    await expect(signIn.redeemCode(code)).rejects.toMatchObject(unknown);
    await signIn.redeemCode(signIn.newCode());
    expect(ended).toHaveLength(2);
  });

  test('[J8] lets in whoever signs in afterwards, and a refresh does not make an old sign-in a new one', async () => {
    const { door, grant } = await signedIn();
    door.clock.advance(14 * minute);
    const refreshed = await door.signIn.refresh(grant.refreshToken);
    door.signIn.signOutEverywhere('local');
    // In this very millisecond, and as if the clock had been set back.
    door.store.revokeSubject('local', door.clock.now() + minute);
    const again = await door.signIn.redeemCode(door.signIn.newCode());
    expect(await bearer(door, again.accessToken)).toMatchObject({ subject: 'local' });
    expect(await door.signIn.refresh(again.refreshToken)).toMatchObject({ subject: 'local' });
    await expect(bearer(door, refreshed.accessToken)).rejects.toMatchObject({
      details: { reason: 'revoked' },
    });
  });

  test('[J8] holds for tokens of others, which say by `iat` or by `auth_time` since when', async () => {
    const door = openDoor();
    const key = { key: door.key.privateKey, header: { kid: door.key.publicKey.kid } };
    const sign = (claims: object) => forgeToken({ ...key, claims: { ...validClaims, ...claims } });
    door.store.revokeSubject('alice', validClaims.iat * 1_000);
    for (const claims of [{}, { iat: validClaims.iat + 1, auth_time: validClaims.iat - 60 }])
      await expect(bearer(door, await sign(claims))).rejects.toMatchObject({
        details: { reason: 'revoked' },
      });
    expect(await bearer(door, await sign({ iat: validClaims.iat + 1 }))).toMatchObject({ subject: 'alice' });
    expect(await bearer(door, await sign({ sub: 'bob' }))).toMatchObject({ subject: 'bob' });
    // Whoever counts milliseconds where seconds belong would have signed in in the far future, out of reach.
    await expect(bearer(door, await sign({ auth_time: validClaims.iat * 1_000 }))).rejects.toMatchObject({
      message: expect.stringContaining('not valid here'),
    });
  });
});

describe('somebody whom a provider vouches for', () => {
  test('[A4] is what the provider’s groups made of him, after a refresh as well', async () => {
    const door = openDoor();
    const first = await door.signIn.admit({ subject: 'oidc:vera', role: 'viewer' }, day);
    for (const { accessToken } of [first, await door.signIn.refresh(first.refreshToken)])
      expect(await bearer(door, accessToken)).toMatchObject({ subject: 'oidc:vera', role: 'viewer' });
  });

  test('has to ask the provider anew after a time, however often he refreshes', async () => {
    const door = openDoor();
    let grant = await door.signIn.admit({ subject: 'oidc:ada', role: 'driver' }, 60 * minute);
    for (let quarter = 1; quarter < 4; quarter++) {
      door.clock.advance(14 * minute);
      grant = await door.signIn.refresh(grant.refreshToken);
      expect(grant.refreshSeconds).toBe((60 - 14 * quarter) * 60);
    }
    door.clock.advance(14 * minute);
    grant = await door.signIn.refresh(grant.refreshToken);
    expect(grant.expiresInSeconds).toBe(4 * 60);
    door.clock.advance(4 * minute);
    await expect(door.signIn.refresh(grant.refreshToken)).rejects.toMatchObject(unknown);
    door.clock.advance(6_000);
    await expect(bearer(door, grant.accessToken)).rejects.toMatchObject({ details: { reason: 'expired' } });
  });
});
