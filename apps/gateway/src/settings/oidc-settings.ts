import { z } from 'zod';
import { duration, fromCommaList, list, secret } from './values.ts';

const web = z.url({ protocol: /^https?$/ });

/** Signing in with an account of somebody else's; the section `oidc` of the configuration. */
export const oidcSettings = z
  .strictObject({
    issuer: web
      .optional()
      .describe(
        'An OpenID Connect provider, such as https://accounts.example.com; not set: no such sign-in.',
      ),
    name: z.string().min(1).max(40).optional().describe('What the sign-in page calls it; default: its host.'),
    client_id: z.string().min(1).optional().describe('What the provider calls this gateway.'),
    client_secret: z
      .string()
      .min(1)
      .optional()
      .describe('Its secret there; not set: it has none, only PKCE.')
      .meta(secret),
    redirect_uri: web
      .optional()
      .describe(
        'Where the provider sends browsers back to: the gateway’s address and /api/auth/oidc/callback.',
      ),
    private_hosts: z
      .preprocess(fromCommaList, z.array(z.string().regex(/^[a-z0-9.-]+(:\d{1,5})?$/)))
      .default([])
      .describe(
        'Hosts of the provider, as name or name:port, that may be asked although they are in a private network.',
      ),
    scope: z.string().default('openid email profile').describe('What the provider is asked for.'),
    allowed_domains: list
      .default([])
      .describe('Domains of verified e-mail addresses whose users may come in; * for any user it has.'),
    groups_claim: z.string().default('groups').describe('The claim that lists the groups of a user.'),
    driver_groups: list.default([]).describe('Groups whose members may drive agents.'),
    viewer_groups: list
      .default([])
      .describe('Groups whose members may watch. Without any groups whoever may come in drives.'),
    max_age: duration
      .default(43_200_000)
      .describe('How long a sign-in holds before the provider is asked anew.'),
  })
  .prefault({});
