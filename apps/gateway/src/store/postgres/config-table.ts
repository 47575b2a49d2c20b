import { type ConfigHistory, mostConfigs } from '../../ground/config-record.ts';
import { type ConfigRow, toConfigRecord } from '../rows/config-row.ts';
import { appendAudit } from './audit-table.ts';
import type { PostgresAccess } from './postgres-access.ts';

/** What a gateway is called that has the database alone. */
const noNode = '';

/** The table `config_history` of a database, as far as it is of this node: each has a configuration of its own. */
export function createConfigTable(access: PostgresAccess, node = noNode): ConfigHistory {
  return {
    recordConfig({ time, actor, origin, changes, sealed }, entries) {
      const insert = `insert into config_history (time, actor, origin, changes, sealed, node)
        values ($1, $2, $3, $4, $5, $6) returning version`;
      const trim = `delete from config_history where version in (
        select version from config_history where node = $1 order by version desc offset ${mostConfigs})`;
      const [inserted] = access.write<{ version: number }>([
        { text: insert, values: [time, actor, origin, JSON.stringify(changes), sealed, node] },
        { text: trim, values: [node] },
        ...(entries.length > 0 ? [appendAudit(entries, time)] : []),
      ]);
      return inserted?.[0]?.version ?? 0;
    },
    configRecords: () =>
      access
        .read<ConfigRow>({
          text: `select version, time, actor, origin, changes, sealed from config_history
            where node = $1 order by version desc`,
          values: [node],
        })
        .map(toConfigRecord),
  };
}
