import { systemClock } from '../../../src/ground/clock.ts';
import { silentLogger } from '../../../src/ground/logger.ts';
import { createMemoryCredentials } from '../../../src/store/memory-credentials.ts';
import type { AppendParts } from '../../../src/store/postgres/append-part.ts';
import { openPostgresDatabase } from '../../../src/store/postgres/open-postgres-database.ts';
import type { PostgresAccess } from '../../../src/store/postgres/postgres-access.ts';
import { createPostgresSessions } from '../../../src/store/postgres/postgres-sessions.ts';
import type { CredentialStore, SessionStore } from '../../../src/store/store.ts';
import type { TestPostgres } from '../../support/postgres.ts';

/** Steps that have nothing beside their sessions. */
export const noParts: AppendParts = {
  audit: () => () => [],
  usage: () => () => [],
  deliveries: () => () => [],
};

type Sessions = SessionStore & CredentialStore;

/** The sessions of a store on PostgreSQL, on a connection that stays when it is closed. */
export function createSessionsOn(access: PostgresAccess): Sessions {
  const { stop, ...sessions } = createPostgresSessions({
    ...{ access, parts: noParts, clock: systemClock, logger: silentLogger },
  });
  return { ...createMemoryCredentials(), ...sessions, close: stop };
}

/** The sessions of a store on PostgreSQL, and the connection below, which ends with it. */
export async function openPostgresSessions(
  url: string,
  options: { limitMs?: number; lock?: 'several' } = {},
): Promise<Sessions & { access: PostgresAccess }> {
  const access = await openPostgresDatabase({ url, ...options });
  const sessions = createSessionsOn(access);
  return {
    ...sessions,
    access,
    close() {
      sessions.close();
      access.close();
    },
  };
}

/** Empties the one database of all tests of a file each time it is opened, on one connection. */
export function sessionsOfOneDatabase(server: () => TestPostgres): {
  open(): Promise<Sessions>;
  close(): void;
} {
  let access: PostgresAccess | undefined;
  return {
    async open() {
      const url = await server().emptied();
      access ??= await openPostgresDatabase({ url });
      return createSessionsOn(access);
    },
    close: () => access?.close(),
  };
}
