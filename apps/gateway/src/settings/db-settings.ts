import { z } from 'zod';
import { secret } from './values.ts';

/** Where the gateway keeps what it knows; the section `db` of the configuration. */
export const dbSettings = z
  .strictObject({
    path: z
      .string()
      .default('~/.hotplex/data/hotplex.db')
      .describe('The database file; keys and what agents are given lie in its folder, also with `db.url`.'),
    url: z
      .url({
        protocol: /^postgres(ql)?$/,
        error: 'must be an address such as postgres://hotplex:PASSWORD@db.example.com/hotplex',
      })
      .optional()
      .describe(
        'A PostgreSQL database in the place of the file, such as `postgres://hotplex:PASSWORD@db.example.com/hotplex?sslmode=verify-full`; see docs/operations.md.',
      )
      .meta(secret),
  })
  .prefault({});
