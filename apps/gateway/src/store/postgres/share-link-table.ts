import type { ShareLinkStore } from '../../ground/share-link.ts';
import { type ShareLinkRow, toShareLink } from '../rows/share-link-row.ts';
import type { PostgresAccess } from './postgres-access.ts';

const select = `select id, session_id as "sessionId", digest, left_out as "leftOut", created_at as "createdAt",
    expires_at as "expiresAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"
  from share_links`;

/** The table `share_links` of a database. */
export function createShareLinkTable(access: PostgresAccess): ShareLinkStore {
  return {
    saveShareLink({ id, sessionId, digest, leftOut, createdAt, expiresAt, lastUsedAt, revokedAt }) {
      const text = `insert into share_links
          (id, session_id, digest, left_out, created_at, expires_at, last_used_at, revoked_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)`;
      const values = [
        ...[id, sessionId, digest, JSON.stringify(leftOut), createdAt, expiresAt],
        ...[lastUsedAt, revokedAt],
      ];
      access.write([{ text, values }]);
    },
    shareLink(id) {
      const [row] = access.read<ShareLinkRow>({ text: `${select} where id = $1`, values: [id] });
      return row && toShareLink(row);
    },
    shareLinks: (sessionId) =>
      access
        .read<ShareLinkRow>({
          text: `${select} where session_id = $1 order by created_at, id collate "C"`,
          values: [sessionId],
        })
        .map(toShareLink),
    noteShareLinkUse(id, now) {
      const text = 'update share_links set last_used_at = greatest(last_used_at, $1) where id = $2';
      access.write([{ text, values: [now, id] }]);
    },
    revokeShareLink(id, now) {
      const text = 'update share_links set revoked_at = coalesce(revoked_at, $1) where id = $2';
      access.write([{ text, values: [now, id] }]);
    },
    sweepShareLinks(before) {
      access.write([{ text: 'delete from share_links where expires_at < $1', values: [before] }]);
    },
  };
}
