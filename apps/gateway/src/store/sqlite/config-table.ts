import { type ConfigHistory, mostConfigs } from '../../ground/config-record.ts';
import { type ConfigRow, toConfigRecord } from '../rows/config-row.ts';
import type { AuditTable } from './audit-table.ts';
import type { SqliteConnection } from './connect-sqlite.ts';
import type { DatabaseAccess } from './database-access.ts';

type Parts = { access: DatabaseAccess; audit: Pick<AuditTable, 'append'> };

/** The table `config_history` of a database. */
export function createConfigTable(connection: SqliteConnection, { access, audit }: Parts): ConfigHistory {
  const insert = connection.prepare<Omit<ConfigRow, 'version'>>(
    `insert into config_history (time, actor, origin, changes, sealed)
     values (:time, :actor, :origin, :changes, :sealed)`,
  );
  const trim = connection.prepare<[number | bigint]>(
    `delete from config_history where version <= ? - ${mostConfigs}`,
  );
  const all = connection.prepare<[], ConfigRow>('select * from config_history order by version desc');
  return {
    recordConfig: (record, entries) =>
      access.write(() => {
        const { lastInsertRowid } = insert.run({ ...record, changes: JSON.stringify(record.changes) });
        trim.run(lastInsertRowid);
        for (const entry of entries) audit.append(entry, record.time);
        return Number(lastInsertRowid);
      }),
    configRecords: () => access.read(() => all.all().map(toConfigRecord)),
  };
}
