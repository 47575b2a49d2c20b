import { migrationNames } from '../sqlite/schema-identity.ts';

/** Every step of the schema in PostgreSQL, oldest first: those of a file, and what only nodes that share a database need. */
export const postgresMigrationNames = [...migrationNames, '0020-cluster', '0021-shared-keys'] as const;
