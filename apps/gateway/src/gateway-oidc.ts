import { type OidcFetch, OidcSignIn } from './auth/oidc-sign-in.ts';
import type { Config } from './config-schema.ts';
import { GatewayError } from './ground/gateway-error.ts';
import type { Ids } from './ground/ids.ts';
import { type Logger, logOf } from './ground/logger.ts';
import { StartError } from './ground/start-error.ts';
import type { OidcDoor } from './http/oidc-api.ts';
import { ownAddresses } from './own-addresses.ts';
import { createGuardedExchange } from './policy/url/guarded-exchange.ts';
import { resolveName } from './policy/url/resolve-name.ts';

type OidcParts = {
  config: Config;
  /** Grows when the listener is open. */
  gatewayPorts: readonly number[];
  ids: Ids;
  logger: Logger;
};

/** Signing in with a provider, if the configuration names one. Throws StartError. */
export function openOidc({ config, ...parts }: OidcParts): OidcDoor | undefined {
  const { oidc, webchat } = config;
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
  const settings = { issuer, clientId, clientSecret, redirectUri, scope, rules };
  const fetch = createProviderFetch(oidc.private_hosts, parts);
  return {
    name: oidc.name ?? new URL(issuer).hostname,
    provider: new OidcSignIn(settings, { ids: parts.ids, fetch }),
    isSecure: redirectUri.startsWith('https:'),
    lifetimeMs: oidc.max_age,
    home: webchat.url ?? '/',
  };
}

/** What a provider says of itself names the addresses to ask next, so each is vetted like any that others chose (U3). */
function createProviderFetch(
  privateHosts: readonly string[],
  { gatewayPorts, ...parts }: Omit<OidcParts, 'config' | 'ids'>,
): OidcFetch {
  const logger = logOf('oidc', parts.logger);
  const exchange = createGuardedExchange({
    ...{ gatewayPorts, resolve: resolveName, ownAddresses },
    allowedHosts: new Set(privateHosts),
  });
  return async (url, request) => {
    try {
      const { body, ...answer } = await exchange(url, request);
      return new Response(body.length > 0 ? new Uint8Array(body) : null, answer);
    } catch (error) {
      if (error instanceof GatewayError && error.code === 'POLICY_DENIED') {
        const remedy = 'name its host in oidc.private_hosts if it is in your own network';
        logger.warn(
          { host: URL.parse(url)?.host, reason: error.message },
          `the provider is not asked: ${remedy}`,
        );
      }
      throw error;
    }
  };
}
