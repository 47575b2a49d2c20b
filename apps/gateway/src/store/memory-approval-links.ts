import type { ApprovalLink, ApprovalLinkStore } from '../ground/approval-link.ts';

export type MemoryApprovalLinks = ApprovalLinkStore & {
  /** What goes with a session. */
  removeApprovalLinks(sessionId: string): void;
};

/** Links that last as long as the process. */
export function createMemoryApprovalLinks(): MemoryApprovalLinks {
  const links = new Map<string, ApprovalLink>();
  const removeWhere = (isGone: (link: ApprovalLink) => boolean) => {
    for (const link of links.values()) if (isGone(link)) links.delete(link.digest);
  };
  return {
    saveApprovalLink: (link) => void links.set(link.digest, { ...link }),
    approvalLink(digest) {
      const link = links.get(digest);
      return link && { ...link };
    },
    sweepApprovalLinks: (before) => removeWhere(({ expiresAt }) => expiresAt < before),
    removeApprovalLinks: (sessionId) => removeWhere((link) => link.sessionId === sessionId),
  };
}
