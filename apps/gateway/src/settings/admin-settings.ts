import { z } from 'zod';
import { type AdminScope, adminScopes } from './admin-scope.ts';
import { address, count, flag, fromCommaList, fromJson, list, secret } from './values.ts';

const tokens = z.preprocess(
  fromJson,
  z.array(
    z.strictObject({
      name: z.string().min(1).max(64),
      token: z.string(),
      scopes: z.array(z.enum(adminScopes)).min(1),
    }),
  ),
);

const userName = z
  .string()
  .min(1)
  .max(128)
  .refine((name) => !name.startsWith('key:'), 'is an API key: only users who sign in may be operators');
const everything: AdminScope[] = ['admin:write'];
const users = z.preprocess(
  fromCommaList,
  z.array(
    z.union([
      userName.transform((name) => ({ name, scopes: everything })),
      z.strictObject({ name: userName, scopes: z.array(z.enum(adminScopes)).min(1) }),
    ]),
  ),
);

/** The operators’ listener; the section `admin` of the configuration. */
export const adminSettings = z
  .strictObject({
    enabled: flag.default(true).describe('Whether there is a port for operators.'),
    addr: address.default('127.0.0.1:9999').describe('Where operators ask; see docs/operations.md.'),
    token: z
      .string()
      .optional()
      .describe(
        'Bearer token of operators, at least 32 characters; opens nothing else, and nothing else opens this. Not set: made once and kept in the file admin-token beside the database.',
      )
      .meta(secret),
    tokens: tokens
      .default([])
      .describe(
        `Further tokens that are good for less, each with a name, a token and scopes, of ${adminScopes.join(', ')}; in the environment JSON.`,
      )
      .meta(secret),
    users: users
      .default([])
      .describe(
        'Users who see the admin pages of the web chat and may do there what operators may: local, who signs in by the printed link, or oidc:SUB; each a name, or a name with scopes. None: nobody.',
      ),
    allow_remote: flag
      .default(false)
      .describe('Whether admin.addr may be reachable from other machines; the token then needs a TLS proxy.'),
    allowed_hosts: list
      .default([])
      .describe('Host names, beside the listener’s own, that operators’ requests may name.'),
    allowed_networks: list
      .default([])
      .describe('Networks that operators may ask from, such as 10.0.0.0/8; none: any that reaches the port.'),
    requests_per_second: count
      .default(10)
      .describe('How many requests of one address are answered in a second.'),
    requests_burst: count.default(20).describe('How many requests of one address may come at once.'),
    log_lines: count.default(1_000).describe('How many lines of the log are kept in memory for operators.'),
  })
  .prefault({});
