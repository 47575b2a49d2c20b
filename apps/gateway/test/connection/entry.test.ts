import { expect, test, vi } from 'vitest';
import type { Credential, Identity } from '../../src/auth/identity.ts';
import { ClientLimits } from '../../src/connection/client-limits.ts';
import { Entry } from '../../src/connection/entry.ts';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { createManualClock } from '../support/manual-clock.ts';

const identityOf = (subject: string): Identity => ({
  ...{ subject, botId: null, role: 'driver', method: 'token' },
  ...{ expiresAt: null, tokenId: null, signedInAt: null },
});
const bearer = (token: string): Credential => ({ kind: 'bearer', token });

/** Tokens are the names of their owners; `wrong` is nobody's. */
async function authenticate(credential: Credential): Promise<Identity> {
  const name = 'token' in credential ? credential.token : credential.key;
  if (name === 'wrong') throw new GatewayError('UNAUTHORIZED', 'unknown');
  return identityOf(name.replace(/-again$/, ''));
}

function openHouse() {
  const clock = createManualClock(0);
  const user = { connections: 1, inputsPerMinute: 10 };
  const clientLimits = new ClientLimits(clock, { framesPerSecond: 1, framesBurst: 3, user, key: user });
  const visit = (known?: string) => {
    const socket = { send: vi.fn(), pause: vi.fn(), resume: vi.fn(), close: vi.fn() };
    const settled = vi.fn();
    const visitor = {
      ...{ socket, settled, attempt: { address: '', origin: null }, offeredSubprotocol: false },
      traceparent: undefined,
      identity: known === undefined ? undefined : identityOf(known),
      credential: known === undefined ? undefined : bearer(known),
    };
    const entry = new Entry(visitor, { authenticate, clientLimits, clock, initTimeoutMs: 5_000 });
    return { entry, settled, closed: () => socket.close.mock.calls.map(([code]) => code) };
  };
  return { clock, visit };
}

test('[W4] who does not say who he is in time has to go, and who is known may wait', async () => {
  const { clock, visit } = openHouse();
  const [stranger, known] = [visit(), visit('ann')];
  expect([stranger.settled, known.settled].map(({ mock }) => mock.calls.length)).toEqual([0, 1]);
  clock.advance(60_000);
  expect([stranger.closed(), known.closed()]).toEqual([[4408], []]);
  expect((await known.entry.admit(undefined)).subject).toBe('ann');
});

test('[H8] the newest credential counts, and only one of the same person', async () => {
  const { entry } = openHouse().visit();
  await expect(entry.admit(undefined)).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
  await entry.admit(bearer('ann'));
  await expect(entry.admit(bearer('bob'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(entry.admit(bearer('wrong'))).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  expect(entry.token).toBe('ann');
  await entry.admit(bearer('ann-again'));
  expect(entry.token).toBe('ann-again');
});

test('[B4] a visit is one of its user’s connections until it is over or handed on', async () => {
  const { visit } = openHouse();
  const first = visit('ann');
  expect(visit('ann').closed()).toEqual([4429]);
  const late = visit();
  await expect(late.entry.admit(bearer('ann'))).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  first.entry.closed();
  const second = visit('ann');
  expect(second.closed()).toEqual([]);
  second.entry.handOver();
  expect(visit('ann').closed()).toEqual([]);
});

test('[B4] frames have their measure here, too', async () => {
  const { entry } = openHouse().visit('ann');
  for (const _ of [1, 2, 3]) await entry.admit(undefined);
  await expect(entry.admit(undefined)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
});

test('nothing is taken of a visit that is over', async () => {
  const { entry } = openHouse().visit('ann');
  entry.closed();
  await expect(entry.admit(undefined)).rejects.toMatchObject({ code: 'RECONNECT_REQUIRED' });
});
