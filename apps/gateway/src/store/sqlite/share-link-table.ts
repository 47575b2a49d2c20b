import type { ShareLinkStore } from '../../ground/share-link.ts';
import { type ShareLinkRow, toShareLink } from '../rows/share-link-row.ts';
import type { SqliteConnection } from './connect-sqlite.ts';
import type { DatabaseAccess } from './database-access.ts';

const columns = `id, session_id as sessionId, digest, left_out as leftOut, created_at as createdAt,
  expires_at as expiresAt, last_used_at as lastUsedAt, revoked_at as revokedAt`;

/** The table `share_links` of a database. */
export function createShareLinkTable(connection: SqliteConnection, access: DatabaseAccess): ShareLinkStore {
  const save = connection.prepare<ShareLinkRow>(
    `insert into share_links (id, session_id, digest, left_out, created_at, expires_at, last_used_at, revoked_at)
     values (:id, :sessionId, :digest, :leftOut, :createdAt, :expiresAt, :lastUsedAt, :revokedAt)`,
  );
  const one = connection.prepare<[string], ShareLinkRow>(`select ${columns} from share_links where id = ?`);
  const ofSession = connection.prepare<[string], ShareLinkRow>(
    `select ${columns} from share_links where session_id = ? order by created_at, id`,
  );
  const noteUse = connection.prepare<[number, string]>(
    'update share_links set last_used_at = ? where id = ?',
  );
  const revoke = connection.prepare<[number, string]>(
    'update share_links set revoked_at = coalesce(revoked_at, ?) where id = ?',
  );
  const sweep = connection.prepare<[number]>('delete from share_links where expires_at < ?');

  return {
    saveShareLink: (link) =>
      access.write(() => void save.run({ ...link, leftOut: JSON.stringify(link.leftOut) })),
    shareLink: (id) =>
      access.read(() => {
        const row = one.get(id);
        return row && toShareLink(row);
      }),
    shareLinks: (sessionId) => access.read(() => ofSession.all(sessionId).map(toShareLink)),
    noteShareLinkUse: (id, now) => access.write(() => void noteUse.run(now, id)),
    revokeShareLink: (id, now) => access.write(() => void revoke.run(now, id)),
    sweepShareLinks: (before) => access.write(() => void sweep.run(before)),
  };
}
