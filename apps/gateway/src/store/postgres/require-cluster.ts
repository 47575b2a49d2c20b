import { StartError } from '../../ground/start-error.ts';
import type { PostgresAccess } from './postgres-access.ts';

/** The first node gives the database the name of its cluster. Throws StartError for a node of another one. */
export function requireCluster(access: PostgresAccess, cluster: string): void {
  access.write([
    { text: 'insert into cluster_name (name) values ($1) on conflict do nothing', values: [cluster] },
  ]);
  const [row] = access.read<{ name: string }>({ text: 'select name from cluster_name' });
  if (row?.name === cluster) return;
  throw new StartError(
    'cluster.secret is not that of the other gateways of this database: give them all the same; if it was changed on purpose, stop all of them and empty the tables cluster_name and shared_keys',
  );
}
