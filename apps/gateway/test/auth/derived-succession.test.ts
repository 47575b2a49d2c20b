import { expect, test } from 'vitest';
import { configSchema } from '../../src/config-schema.ts';
import { openSuccession } from '../../src/gateway-succession.ts';
import { createIds } from '../../src/ground/ids.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { newSigningKey } from './new-signing-key.ts';
import { openDoor, start } from './open-door.ts';

const peer = { address: '127.0.0.1', origin: null };
const unknown = { code: 'UNAUTHORIZED' };

/** Two nodes of one cluster, and a browser that signed in at the first. */
async function openNodes({ lateMs = 0, secret = 'of this cluster and of nothing else' } = {}) {
  const [key, store] = [newSigningKey(), createMemoryStore()];
  const nodeWith = (startedAt: number, given: string) => {
    const clock = createManualClock(startedAt);
    const { cluster } = configSchema.parse({ cluster: { url: 'nats://n.example.com', secret: given } });
    return openDoor({
      key,
      store,
      clock,
      succession: openSuccession({ cluster }, { clock, ids: createIds() }),
    });
  };
  const here = nodeWith(start, 'of this cluster and of nothing else');
  const there = nodeWith(start - lateMs, secret);
  const grant = await here.signIn.redeemCode(here.signIn.newCode());
  const advance = (ms: number) => {
    for (const { clock } of [here, there]) clock.advance(ms);
  };
  return { here: here.signIn, there: there.signIn, grant, advance, authenticate: there.authenticate };
}

test.each([0, 9_000, -9_000])(
  '[X6] tabs that race at two nodes get the same successor, with clocks %d ms apart',
  async (lateMs) => {
    const { here, there, grant, advance } = await openNodes({ lateMs });
    const first = await here.refresh(grant.refreshToken);
    expect(first.refreshToken).not.toBe(grant.refreshToken);
    expect((await there.refresh(grant.refreshToken)).refreshToken).toBe(first.refreshToken);
    const second = await there.refresh(first.refreshToken);
    expect((await here.refresh(grant.refreshToken)).refreshToken).toBe(second.refreshToken);
    advance(30_000);
    for (const node of [here, there])
      await expect(node.refresh(grant.refreshToken)).rejects.toMatchObject(unknown);
    expect((await there.refresh(second.refreshToken)).subject).toBe('local');
  },
);

test('[X6] who has not the secret of the cluster finds no successor', async () => {
  const { here, there, grant } = await openNodes({ secret: 'of another cluster, which is not ours' });
  await here.refresh(grant.refreshToken);
  await expect(there.refresh(grant.refreshToken)).rejects.toMatchObject(unknown);
});

test('[J8] signing out at one node ends what the others gave out, also with a token that was just spent there', async () => {
  const { here, there, grant, authenticate } = await openNodes();
  const next = await here.refresh(grant.refreshToken);
  expect(there.signOut(grant.refreshToken)).toBe('local');
  for (const { accessToken, refreshToken } of [grant, next]) {
    await expect(authenticate({ kind: 'bearer', token: accessToken }, peer)).rejects.toMatchObject({
      details: { reason: 'revoked' },
    });
    await expect(here.refresh(refreshToken)).rejects.toMatchObject(unknown);
  }
});
