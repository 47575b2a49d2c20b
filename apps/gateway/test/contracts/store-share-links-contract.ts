import { expect, it } from 'vitest';
import type { ShareLink } from '../../src/ground/share-link.ts';
import type { Store } from '../../src/store/store.ts';
import { sessionRecord } from '../store/support/records.ts';

const link = (id: string, fields: Partial<ShareLink> = {}): ShareLink => ({
  ...{ id, sessionId: 'session-1', digest: `digest of ${id}`, leftOut: ['paths', 'files'] },
  ...{ createdAt: 1_000, expiresAt: 9_000, lastUsedAt: null, revokedAt: null },
  ...fields,
});

/** What a store must do with links to read a session, whatever keeps them. */
export function storeShareLinksContract(open: () => Promise<Store>): void {
  async function openWith(...links: ShareLink[]): Promise<Store> {
    const store = await open();
    for (const id of ['session-1', 'session-2']) store.create(sessionRecord({ id }));
    for (const one of links) store.saveShareLink(one);
    return store;
  }

  it('a link is found as it was saved, and listed with its session, oldest first', async () => {
    const store = await openWith(
      link('b', { createdAt: 2_000, leftOut: [] }),
      link('a'),
      link('c', { sessionId: 'session-2' }),
    );
    expect(store.shareLink('b')).toEqual(link('b', { createdAt: 2_000, leftOut: [] }));
    expect(store.shareLink('unknown')).toBeUndefined();
    expect(store.shareLinks('session-1').map(({ id }) => id)).toEqual(['a', 'b']);
    store.close();
  });

  it('its last use is kept, and when it was first revoked', async () => {
    const store = await openWith(link('a'));
    store.noteShareLinkUse('a', 3_000);
    store.revokeShareLink('a', 4_000);
    store.revokeShareLink('a', 5_000);
    expect(store.shareLink('a')).toEqual(link('a', { lastUsedAt: 3_000, revokedAt: 4_000 }));
    store.close();
  });

  it('those that expired before are forgotten', async () => {
    const store = await openWith(link('a', { expiresAt: 2_000 }), link('b'));
    store.sweepShareLinks(2_001);
    expect(store.shareLinks('session-1').map(({ id }) => id)).toEqual(['b']);
    store.close();
  });

  it('links go with their session, however that goes', async () => {
    const store = await openWith(link('a'), link('b', { sessionId: 'session-2' }));
    store.remove('session-1');
    expect(store.shareLink('a')).toBeUndefined();
    store.commit('session-2', { session: { state: 'deleted' } }, 2_000);
    while (!store.removePart('session-2', 10));
    expect(store.shareLink('b')).toBeUndefined();
    store.close();
  });
}
