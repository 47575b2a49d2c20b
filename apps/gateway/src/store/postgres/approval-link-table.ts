import type { ApprovalLink, ApprovalLinkStore } from '../../ground/approval-link.ts';
import type { PostgresAccess } from './postgres-access.ts';

/** The table `approval_links` of a database. */
export function createApprovalLinkTable(access: PostgresAccess): ApprovalLinkStore {
  return {
    saveApprovalLink({ digest, sessionId, requestId, hook, createdAt, expiresAt }) {
      const text = `insert into approval_links (digest, session_id, request_id, hook, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6)`;
      access.write([{ text, values: [digest, sessionId, requestId, hook, createdAt, expiresAt] }]);
    },
    approvalLink(digest) {
      const text = `select digest, session_id as "sessionId", request_id as "requestId", hook,
          created_at as "createdAt", expires_at as "expiresAt"
        from approval_links where digest = $1`;
      return access.read<ApprovalLink>({ text, values: [digest] })[0];
    },
    sweepApprovalLinks(before) {
      access.write([{ text: 'delete from approval_links where expires_at < $1', values: [before] }]);
    },
  };
}
