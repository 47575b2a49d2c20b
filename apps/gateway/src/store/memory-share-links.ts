import type { ShareLink, ShareLinkStore } from '../ground/share-link.ts';

export type MemoryShareLinks = ShareLinkStore & {
  /** What goes with a session. */
  removeShareLinks(sessionId: string): void;
};

/** Links that last as long as the process. */
export function createMemoryShareLinks(): MemoryShareLinks {
  const links = new Map<string, ShareLink>();
  const change = (id: string, changes: Partial<ShareLink>) => {
    const link = links.get(id);
    if (link) links.set(id, { ...link, ...changes });
  };
  const ofSession = (sessionId: string) => [...links.values()].filter((link) => link.sessionId === sessionId);
  return {
    saveShareLink: (link) => void links.set(link.id, structuredClone(link)),
    shareLink: (id) => structuredClone(links.get(id)),
    shareLinks: (sessionId) =>
      structuredClone(ofSession(sessionId)).toSorted(
        (a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1),
      ),
    noteShareLinkUse: (id, now) => change(id, { lastUsedAt: now }),
    revokeShareLink: (id, now) => change(id, { revokedAt: links.get(id)?.revokedAt ?? now }),
    sweepShareLinks(before) {
      for (const { id, expiresAt } of links.values()) if (expiresAt < before) links.delete(id);
    },
    removeShareLinks(sessionId) {
      for (const { id } of ofSession(sessionId)) links.delete(id);
    },
  };
}
