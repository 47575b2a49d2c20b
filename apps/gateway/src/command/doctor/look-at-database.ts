import { existsSync } from 'node:fs';
import type { Config } from '../../config-schema.ts';
import { expandPath } from '../../start-checks.ts';
import { inspectDatabase } from '../../store/sqlite/inspect-database.ts';
import type { Finding } from './finding.ts';

const older = 'of an older version: the next start brings it up to date';

/** Whether a gateway could work with its database. Throws StartError with what is wrong. */
export async function lookAtDatabase({ path, url }: Config['db']): Promise<Omit<Finding, 'check'>> {
  return url === undefined ? lookAtFile(expandPath(path)) : lookAtPostgres(url);
}

function lookAtFile(path: string): Omit<Finding, 'check'> {
  if (!existsSync(path)) return { state: 'ok', message: `${path} is made at the first start` };
  return inspectDatabase(path) === 'current'
    ? { state: 'ok', message: `${path} is whole` }
    : { state: 'warning', message: `${path} is whole and ${older}` };
}

async function lookAtPostgres(url: string): Promise<Omit<Finding, 'check'>> {
  const { inspectPostgres } = await import('../../store/postgres/inspect-postgres.ts');
  const { place, version, schema } = await inspectPostgres(url);
  const server = `PostgreSQL ${version} at ${place}`;
  if (schema === 'none')
    return { state: 'ok', message: `${server} lets us in; its tables are made at the first start` };
  return schema === 'current'
    ? { state: 'ok', message: `${server} has our tables` }
    : { state: 'warning', message: `${server} has our tables, ${older}` };
}
