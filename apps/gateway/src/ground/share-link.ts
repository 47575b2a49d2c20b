/** What the maker of a link may leave out, beside secrets, which always are. */
export const leftOutKinds = ['tool_outputs', 'files', 'paths'] as const;

export type LeftOut = (typeof leftOutKinds)[number];

/** A link to read one session, as it is kept. Times are Unix milliseconds. */
export type ShareLink = {
  /** Stands in the token itself, so that it is found without a search. */
  id: string;
  sessionId: string;
  /** SHA-256 of the whole token, which has 256 random bits. */
  digest: string;
  leftOut: readonly LeftOut[];
  createdAt: number;
  expiresAt: number;
  /** To the minute; `null` until it is opened. */
  lastUsedAt: number | null;
  revokedAt: number | null;
};

/** The links there are; those of a session go with it. Throws GatewayError when the disk fails. */
export interface ShareLinkStore {
  saveShareLink(link: ShareLink): void;
  shareLink(id: string): ShareLink | undefined;
  /** Oldest first, those that have ended among them. */
  shareLinks(sessionId: string): ShareLink[];
  noteShareLinkUse(id: string, now: number): void;
  revokeShareLink(id: string, now: number): void;
  /** Forgets those that expired before this. */
  sweepShareLinks(before: number): void;
}
