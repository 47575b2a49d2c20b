import { z } from 'zod';
import { duration, flag, fromCommaList, list, live, secret } from './values.ts';

const apiKeys = z.preprocess(
  fromCommaList,
  z.array(
    z.union([
      z.string().transform((key) => ({ name: null, key })),
      z.strictObject({ name: z.string().min(1), key: z.string() }),
    ]),
  ),
);

/** Who may connect; the section `security` of the configuration. */
export const securitySettings = z
  .strictObject({
    api_keys: apiKeys
      .default([])
      .describe('Keys of at least 32 characters; also HOTPLEX_SECURITY_API_KEY_1, _2, …')
      .meta({ ...secret, ...live }),
    api_key_header: z
      .string()
      .regex(/^[A-Za-z0-9-]+$/)
      .default('X-API-Key')
      .describe('Header that carries an API key.'),
    allowed_origins: list
      .default([])
      .describe('Origins of web pages, beside the gateway’s own, that may connect.'),
    allowed_hosts: list
      .default([])
      .describe('Host names, beside the listener’s own, that requests may name.'),
    jwt_issuer: z.string().default('hotplex').describe('Issuer that tokens must name.'),
    jwt_audience: z.string().default('hotplex-gateway').describe('Audience that tokens must name.'),
    reauth_grace: duration
      .default(30_000)
      .describe('How long a connection may go on after its token expired, to bring another one.')
      .meta(live),
    revocation_check: duration
      .default(5_000)
      .describe('How often live connections are checked for revoked tokens.')
      .meta(live),
    jwt_secret: z
      .string()
      .optional()
      .describe(
        'Secret that clients of the Go HotPlex sign tokens with, at least 32 bytes; also HOTPLEX_JWT_SECRET. Not set: such tokens are refused.',
      )
      .meta(secret),
    allow_root: flag
      .default(false)
      .describe('Whether the gateway may run as root where other machines can reach it.'),
    jwt_jwks_file: z.string().optional().describe('File with further public keys that may sign tokens.'),
  })
  .prefault({});
