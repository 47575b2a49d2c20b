import type { ApprovalLink, ApprovalLinkStore } from '../../ground/approval-link.ts';
import type { SqliteConnection } from './connect-sqlite.ts';
import type { DatabaseAccess } from './database-access.ts';

/** The table `approval_links` of a database. */
export function createApprovalLinkTable(
  connection: SqliteConnection,
  access: DatabaseAccess,
): ApprovalLinkStore {
  const save = connection.prepare<ApprovalLink>(
    `insert into approval_links (digest, session_id, request_id, hook, created_at, expires_at)
     values (:digest, :sessionId, :requestId, :hook, :createdAt, :expiresAt)`,
  );
  const one = connection.prepare<[string], ApprovalLink>(
    `select digest, session_id as sessionId, request_id as requestId, hook, created_at as createdAt,
      expires_at as expiresAt
     from approval_links where digest = ?`,
  );
  const sweep = connection.prepare<[number]>('delete from approval_links where expires_at < ?');
  return {
    saveApprovalLink: (link) => access.write(() => void save.run(link)),
    approvalLink: (digest) => access.read(() => one.get(digest)),
    sweepApprovalLinks: (before) => access.write(() => void sweep.run(before)),
  };
}
