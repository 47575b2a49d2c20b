import { existsSync } from 'node:fs';
import { StartError } from '../../ground/start-error.ts';
import type { AuditRecord } from '../store.ts';
import { createAuditReader } from './audit-table.ts';
import { connectSqlite } from './connect-sqlite.ts';
import { toStartError } from './to-start-error.ts';

const atOnce = 1_000;

/** All audit records of a database, whose gateway may be running, oldest first. Throws StartError. */
export function* readAudit(path: string): Generator<AuditRecord> {
  if (!existsSync(path)) {
    throw new StartError(`there is no database ${path}: name the gateway’s with --config or HOTPLEX_DB_PATH`);
  }
  const connection = connectSqlite(path, { readonly: true });
  try {
    const after = createAuditReader(connection);
    for (let last = 0; ; ) {
      const page = after(last, atOnce);
      yield* page;
      if (page.length < atOnce) return;
      last = page.at(-1)?.position ?? last;
    }
  } catch (error) {
    throw toStartError(path, error);
  } finally {
    connection.close();
  }
}
