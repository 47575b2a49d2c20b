import {
  mostPushDevices,
  type PushDevice,
  type PushDevices,
  requireSameBrowser,
} from '../../ground/push-device.ts';
import type { PostgresAccess } from './postgres-access.ts';

const select = `select id, owner_id as "ownerId", endpoint, p256dh, auth, name, language, show_title = 1 as "showTitle",
    signed_in_at as "signedInAt", created_at as "createdAt", expires_at as "expiresAt"
  from push_devices`;

/** The endpoint `$2` is another browser's than the one with these keys, of another user. */
const isTaken = `exists (select 1 from push_devices as other
  where other.endpoint = $2 and other.owner_id <> $3 and (other.p256dh <> $4 or other.auth <> $5))`;

/** Of several that save a device each comes after the one before, and sees it. */
const oneByOne = { text: 'lock table push_devices in share row exclusive mode' };

/** The table `push_devices` of a database. */
export function createPushTable(access: PostgresAccess): PushDevices {
  const one = (text: string, value: string) => access.read<PushDevice>({ text, values: [value] })[0];

  return {
    // One transaction that asks for itself what `requireSameBrowser` does.
    savePushDevice(device) {
      const { id, ownerId, endpoint, p256dh, auth, name, language } = device;
      const browser = [id, endpoint, ownerId, p256dh, auth];
      const wishes = [name, language, Number(device.showTitle)];
      const times = [device.signedInAt, device.createdAt, device.expiresAt];
      const drop = `delete from push_devices where (id = $1 or endpoint = $2) and not ${isTaken}`;
      const insert = `insert into push_devices
          (id, endpoint, owner_id, p256dh, auth, name, language, show_title, signed_in_at, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict do nothing returning id`;
      const trim = `delete from push_devices where id in (
        select id from push_devices where owner_id = $1
        order by created_at desc, position desc offset ${mostPushDevices})`;
      const [, , saved = []] = access.write([
        oneByOne,
        { text: drop, values: browser },
        { text: insert, values: [...browser, ...wishes, ...times] },
        { text: trim, values: [ownerId] },
      ]);
      if (saved.length === 0) requireSameBrowser(one(`${select} where endpoint = $1`, endpoint), device);
    },
    pushDevice: (id) => one(`${select} where id = $1`, id),
    pushDevices: (ownerId) =>
      access.read<PushDevice>({
        text: `${select} where owner_id = $1 order by created_at, position`,
        values: [ownerId],
      }),
    removePushDevice(id) {
      const text = 'delete from push_devices where id = $1 returning id';
      return (access.write([{ text, values: [id] }])[0] ?? []).length > 0;
    },
    removePushDevicesOf(ownerId, signedInAt) {
      const text = 'delete from push_devices where owner_id = $1 and signed_in_at = $2';
      access.write([{ text, values: [ownerId, signedInAt] }]);
    },
  };
}
