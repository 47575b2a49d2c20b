import type { Clock } from '../../ground/clock.ts';
import type { Logger } from '../../ground/logger.ts';
import type { SessionStore } from '../store.ts';
import type { AppendParts } from './append-part.ts';
import type { PostgresAccess } from './postgres-access.ts';
import { createRemovePart } from './remove-part.ts';
import { createSessionQueries } from './session-queries.ts';
import { createSessionWrites } from './session-writes.ts';
import { withSearch } from './with-search.ts';

export type PostgresSessionsOptions = {
  access: PostgresAccess;
  /** What belongs to a step and is kept beside the session. */
  parts: AppendParts;
  clock: Clock;
  logger: Logger;
};

/** The sessions of a store on PostgreSQL; `stop` ends what goes on in the background, the connection stays. */
export function createPostgresSessions({
  access,
  parts,
  clock,
  logger,
}: PostgresSessionsOptions): Omit<SessionStore, 'close'> & { stop(): void } {
  const sessions = {
    ...createSessionQueries(access, logger),
    ...createSessionWrites(access, parts),
    removePart: createRemovePart(access),
  };
  return withSearch(sessions, { access, clock, logger });
}
