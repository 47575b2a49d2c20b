/** A link with which whoever has it may answer one request of an agent, as it is kept. Times are Unix milliseconds. */
export type ApprovalLink = {
  /** SHA-256 of its token, which has 256 random bits. */
  digest: string;
  sessionId: string;
  requestId: string;
  /** The target that it was sent to. */
  hook: string;
  createdAt: number;
  expiresAt: number;
};

/** The links there are; those of a session go with it. Throws GatewayError when the disk fails. */
export interface ApprovalLinkStore {
  saveApprovalLink(link: ApprovalLink): void;
  approvalLink(digest: string): ApprovalLink | undefined;
  /** Forgets those that expired before this. */
  sweepApprovalLinks(before: number): void;
}

/** What a receiver is sent of one: where a person looks at the request, and answers it there. */
export type ApprovalUrls = { allow_url: string; deny_url: string; expires_at: string };

/** Makes a link; undefined for what nobody can answer so, or need not any more. Throws GatewayError when the disk fails. */
export type MakeApproval = (asked: {
  hook: string;
  sessionId: string;
  requestId: string;
}) => ApprovalUrls | undefined;
