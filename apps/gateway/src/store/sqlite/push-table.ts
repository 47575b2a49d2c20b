import {
  mostPushDevices,
  type PushDevice,
  type PushDevices,
  requireSameBrowser,
} from '../../ground/push-device.ts';
import type { SqliteConnection } from './connect-sqlite.ts';
import type { DatabaseAccess } from './database-access.ts';

type Row = Omit<PushDevice, 'showTitle'> & { showTitle: number };

const columns = `id, owner_id as ownerId, endpoint, p256dh, auth, name, language, show_title as showTitle,
  signed_in_at as signedInAt, created_at as createdAt, expires_at as expiresAt`;
const toDevice = (row: Row): PushDevice => ({ ...row, showTitle: row.showTitle === 1 });

/** The table `push_devices` of a database. */
export function createPushTable(connection: SqliteConnection, access: DatabaseAccess): PushDevices {
  // NOTE: `insert or replace` runs no triggers for what it replaces.
  const drop = connection.prepare<[string, string]>('delete from push_devices where endpoint = ? or id = ?');
  const insert = connection.prepare<Row>(
    `insert into push_devices values (:id, :ownerId, :endpoint, :p256dh, :auth, :name, :language, :showTitle,
       :signedInAt, :createdAt, :expiresAt)`,
  );
  const trim = connection.prepare<[string]>(
    `delete from push_devices where id in (
       select id from push_devices where owner_id = ?
       order by created_at desc, rowid desc limit -1 offset ${mostPushDevices})`,
  );
  const one = connection.prepare<[string], Row>(`select ${columns} from push_devices where id = ?`);
  const at = connection.prepare<[string], Row>(`select ${columns} from push_devices where endpoint = ?`);
  const all = connection.prepare<[string], Row>(
    `select ${columns} from push_devices where owner_id = ? order by created_at, rowid`,
  );
  const remove = connection.prepare<[string]>('delete from push_devices where id = ?');
  const removeOf = connection.prepare<[string, number]>(
    'delete from push_devices where owner_id = ? and signed_in_at = ?',
  );
  return {
    savePushDevice: (device) =>
      access.write(() => {
        const known = at.get(device.endpoint);
        requireSameBrowser(known && toDevice(known), device);
        drop.run(device.endpoint, device.id);
        insert.run({ ...device, showTitle: device.showTitle ? 1 : 0 });
        trim.run(device.ownerId);
      }),
    pushDevice: (id) =>
      access.read(() => {
        const row = one.get(id);
        return row && toDevice(row);
      }),
    pushDevices: (ownerId) => access.read(() => all.all(ownerId).map(toDevice)),
    removePushDevice: (id) => access.write(() => remove.run(id).changes > 0),
    removePushDevicesOf: (ownerId, signedInAt) => access.write(() => void removeOf.run(ownerId, signedInAt)),
  };
}
