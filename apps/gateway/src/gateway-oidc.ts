import { OidcSignIn } from './auth/oidc-sign-in.ts';
import type { Config } from './config-schema.ts';
import type { Ids } from './ground/ids.ts';
import { StartError } from './ground/start-error.ts';
import type { OidcDoor } from './http/oidc-api.ts';

/** Signing in with a provider, if the configuration names one. Throws StartError. */
export function openOidc({ oidc, webchat }: Config, ids: Ids): OidcDoor | undefined {
  const { issuer, client_id: clientId, redirect_uri: redirectUri } = oidc;
  if (issuer === undefined) return undefined;
  if (clientId === undefined || redirectUri === undefined)
    throw new StartError(
      `oidc.issuer is set, and oidc.${clientId === undefined ? 'client_id' : 'redirect_uri'} is not`,
    );
  const rules = {
    allowedDomains: oidc.allowed_domains.map((domain) => domain.toLowerCase()),
    groupsClaim: oidc.groups_claim,
    driverGroups: oidc.driver_groups,
    viewerGroups: oidc.viewer_groups,
  };
  const { client_secret: clientSecret, scope } = oidc;
  return {
    name: oidc.name ?? new URL(issuer).hostname,
    provider: new OidcSignIn({ issuer, clientId, clientSecret, redirectUri, scope, rules }, ids),
    isSecure: redirectUri.startsWith('https:'),
    lifetimeMs: oidc.max_age,
    home: webchat.url ?? '/',
  };
}
