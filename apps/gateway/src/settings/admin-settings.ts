import { z } from 'zod';
import { address, flag, list, secret } from './values.ts';

/** The operators’ listener; the section `admin` of the configuration. */
export const adminSettings = z
  .strictObject({
    addr: address
      .optional()
      .describe('Where operators ask GET /health and GET /status; not set: no such listener.'),
    token: z
      .string()
      .optional()
      .describe(
        'Bearer token of operators, at least 32 characters; opens nothing else, and nothing else opens this. Not set: made once and kept in the file admin-token beside the database.',
      )
      .meta(secret),
    allow_remote: flag
      .default(false)
      .describe('Whether admin.addr may be reachable from other machines; the token then needs a TLS proxy.'),
    allowed_hosts: list
      .default([])
      .describe('Host names, beside the listener’s own, that operators’ requests may name.'),
  })
  .prefault({});
