import { expect, test } from 'vitest';
import type { Identity } from '../../src/auth/identity.ts';
import { CredentialWatch } from '../../src/connection/credential-watch.ts';
import { createManualClock } from '../support/manual-clock.ts';

const minute = 60_000;

function watch(fields: Partial<Identity> = {}) {
  const clock = createManualClock();
  const revoked = new Set<string>();
  const told: string[] = [];
  const identity: Identity = {
    ...{
      subject: 'alice',
      botId: null,
      role: 'driver',
      method: 'token',
      tokenId: 't1',
      signedInAt: clock.now(),
      expiresAt: clock.now() + 15 * minute,
    },
    ...fields,
  };
  let isBroken = false;
  const credential = new CredentialWatch(identity, {
    ...{ clock, revocationCheckMs: 5_000, reauthGraceMs: 30_000 },
    isRevoked: ({ tokenId }) => {
      if (isBroken) throw new Error('the disk is gone');
      return revoked.has(tokenId ?? '');
    },
    onExpired: (graceMs) => told.push(`expired, ${graceMs} ms`),
    onVoid: (reason) => told.push(reason),
  });
  return { clock, credential, identity, revoked, told, breakStore: (value: boolean) => (isBroken = value) };
}

test('[J6] at its end a credential is asked for again, and the connection is void after the grace', () => {
  const { clock, told } = watch();
  clock.advance(15 * minute - 1);
  expect(told).toEqual([]);
  clock.advance(1);
  expect(told).toEqual(['expired, 30000 ms']);
  clock.advance(29_999);
  expect(told).toHaveLength(1);
  clock.advance(1);
  expect(told).toEqual(['expired, 30000 ms', 'the credential has expired']);
  clock.advance(minute);
  expect(told).toHaveLength(2);
});

test('[J6] another credential within the grace takes its place, and is watched in turn', () => {
  const { clock, credential, identity, told } = watch();
  clock.advance(15 * minute + 20_000);
  credential.renew({ ...identity, tokenId: 't2', expiresAt: clock.now() + 15 * minute });
  clock.advance(15 * minute - 1);
  expect(told).toHaveLength(1);
  clock.advance(1);
  expect(told).toEqual(['expired, 30000 ms', 'expired, 30000 ms']);
});

test('[J8] a revoked credential ends its connection within five seconds, without a grace', () => {
  const { clock, revoked, told } = watch();
  clock.advance(7_000);
  revoked.add('t1');
  clock.advance(5_000);
  expect(told).toEqual(['the credential was revoked']);
});

test('[J8] [G11] while the store cannot be read nobody is sent away; afterwards revocation counts again', () => {
  const { clock, revoked, told, breakStore } = watch();
  breakStore(true);
  revoked.add('t1');
  clock.advance(60_000);
  expect(told).toEqual([]);
  breakStore(false);
  clock.advance(5_000);
  expect(told).toEqual(['the credential was revoked']);
});

test('[J6] a key has no end; a connection that is over is not watched', () => {
  const key = watch({ tokenId: null, signedInAt: null, expiresAt: null, method: 'api_key' });
  const over = watch();
  over.credential.stop();
  for (const { clock, told } of [key, over]) {
    clock.advance(24 * 60 * minute);
    expect(told).toEqual([]);
  }
});
