import type { SharedKeys } from '../shared-keys.ts';
import type { PostgresAccess } from './postgres-access.ts';

/** The keys of a cluster on PostgreSQL. Of several nodes that replace the same one, one does. */
export function createSharedKeyTable(access: PostgresAccess): SharedKeys {
  return {
    sealedKey(name) {
      const text = 'select sealed from shared_keys where name = $1';
      return access.read<{ sealed: string }>({ text, values: [name] })[0]?.sealed;
    },
    replaceKey(name, { before, sealed, now }) {
      const values = [name, sealed, now];
      const insert = `insert into shared_keys (name, sealed, changed_at) values ($1, $2, $3)
        on conflict (name) do nothing returning name`;
      const update = `update shared_keys set sealed = $2, changed_at = $3 where name = $1 and sealed = $4
        returning name`;
      const statement =
        before === undefined ? { text: insert, values } : { text: update, values: [...values, before] };
      return access.write([statement])[0]?.length === 1;
    },
  };
}
