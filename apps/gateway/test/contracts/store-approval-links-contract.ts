import { expect, it } from 'vitest';
import type { ApprovalLink } from '../../src/ground/approval-link.ts';
import type { Store } from '../../src/store/store.ts';
import { interactionRecord, sessionRecord } from '../store/support/records.ts';

const link = (digest: string, fields: Partial<ApprovalLink> = {}): ApprovalLink => ({
  ...{
    digest,
    sessionId: 'session-1',
    requestId: 'perm_1',
    hook: 'chat',
    createdAt: 1_000,
    expiresAt: 9_000,
  },
  ...fields,
});

/** What a store must do with links to answer a request, whatever keeps them. */
export function storeApprovalLinksContract(open: () => Promise<Store>): void {
  async function openWith(...links: ApprovalLink[]): Promise<Store> {
    const store = await open();
    for (const id of ['session-1', 'session-2']) store.create(sessionRecord({ id }));
    for (const one of links) store.saveApprovalLink(one);
    return store;
  }

  it('a link is found by its digest, as it was saved, until it has expired', async () => {
    const store = await openWith(link('a'), link('b', { expiresAt: 2_000 }));
    expect(store.approvalLink('a')).toEqual(link('a'));
    expect(store.approvalLink('unknown')).toBeUndefined();
    store.sweepApprovalLinks(2_000);
    expect(store.approvalLink('b')).toEqual(link('b', { expiresAt: 2_000 }));
    store.sweepApprovalLinks(2_001);
    expect(store.approvalLink('b')).toBeUndefined();
    expect(store.approvalLink('a')).toBeDefined();
    store.close();
  });

  it('links go with their session, however that goes', async () => {
    const store = await openWith(link('a'), link('b', { sessionId: 'session-2' }));
    store.remove('session-1');
    expect(store.approvalLink('a')).toBeUndefined();
    store.commit('session-2', { session: { state: 'deleted' } }, 2_000);
    while (!store.removePart('session-2', 10));
    expect(store.approvalLink('b')).toBeUndefined();
    store.close();
  });

  it('when a request was decided is kept', async () => {
    const store = await openWith();
    store.commit('session-1', { interactions: [interactionRecord('perm_1')] }, 1_000);
    expect(store.interaction('session-1', 'perm_1')?.resolvedAt).toBeNull();
    const decided = interactionRecord('perm_1', { status: 'resolved', resolvedAt: 5_000 });
    store.commit('session-1', { interactions: [decided] }, 5_000);
    expect(store.interaction('session-1', 'perm_1')?.resolvedAt).toBe(5_000);
    store.close();
  });
}
