import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A prompt may have to wait until a time, and all that wait with it. */
export const waitingInputs: Migration = {
  async up(database) {
    await sql`alter table inputs add column not_before integer`.execute(database);
  },
};
