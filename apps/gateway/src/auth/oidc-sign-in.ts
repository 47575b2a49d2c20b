import * as oidc from 'openid-client';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Ids } from '../ground/ids.ts';
import { StartError } from '../ground/start-error.ts';
import { digest } from './digest.ts';
import { type OidcPerson, type OidcRules, oidcPerson } from './oidc-person.ts';
import { unknownCredential } from './refused-credential.ts';

const patienceSeconds = 10;

/** Sends a request of the flow to the provider; no redirect is followed. Throws what the network or the policy says. */
export type OidcFetch = (
  url: string,
  request: {
    method: string;
    headers: Record<string, string>;
    body: string | Uint8Array | undefined;
    signal: AbortSignal;
  },
) => Promise<Response>;

export type OidcSettings = {
  issuer: string;
  clientId: string;
  /** Undefined: the gateway is a public client, and PKCE alone binds the code to it. */
  clientSecret: string | undefined;
  redirectUri: string;
  scope: string;
  rules: OidcRules;
};

/**
 * Signing in with an account at an OpenID Connect provider: the authorization code flow with PKCE, `state` and `nonce`
 * (OpenID Connect Core, 3.1; RFC 7636; RFC 9700). All three are made of one secret that the browser holds while its user
 * is away, so that nothing of who has begun is kept here and a flood of beginnings fills nothing.
 */
export class OidcSignIn {
  readonly #settings: OidcSettings;
  readonly #ids: Ids;
  readonly #fetch: OidcFetch;
  #provider: Promise<oidc.Configuration> | undefined;

  /** Throws StartError for settings that would let in more than they say. */
  constructor(settings: OidcSettings, { ids, fetch }: { ids: Ids; fetch: OidcFetch }) {
    refuseUnsafe(settings);
    this.#settings = settings;
    this.#ids = ids;
    this.#fetch = fetch;
  }

  /** Where to send the browser, and the secret it is to bring back. Throws GATEWAY_OVERLOAD while the provider is away. */
  async begin(): Promise<{ url: string; secret: string }> {
    const { redirectUri: redirect_uri, scope } = this.#settings;
    const provider = await this.#discover();
    const secret = this.#ids.secret(32);
    const { state, nonce, verifier } = flowOf(secret);
    const code_challenge = await oidc.calculatePKCECodeChallenge(verifier);
    const url = oidc.buildAuthorizationUrl(provider, {
      ...{ redirect_uri, scope, state, nonce, code_challenge, code_challenge_method: 'S256' },
    });
    return { url: url.href, secret };
  }

  /** Who came back, with what the provider said of him. Throws UNAUTHORIZED, FORBIDDEN or GATEWAY_OVERLOAD. */
  async finish(query: string, secret: string): Promise<OidcPerson> {
    const { redirectUri, rules } = this.#settings;
    const provider = await this.#discover();
    const { state, nonce, verifier } = flowOf(secret);
    const url = new URL(redirectUri);
    url.search = query;
    if (url.searchParams.get('state') !== state)
      throw unknownCredential('this sign-in was not begun in this browser: try again');
    try {
      const tokens = await oidc.authorizationCodeGrant(provider, url, {
        ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('there is no ID token');
      // Many providers put the address and the groups nowhere else.
      const hasMore = provider.serverMetadata().userinfo_endpoint !== undefined;
      const more = hasMore ? await oidc.fetchUserInfo(provider, tokens.access_token, claims.sub) : {};
      return oidcPerson({ ...claims, ...more }, rules);
    } catch (error) {
      if (error instanceof GatewayError) throw error;
      if (isOfBrowser(error)) throw unknownCredential('the provider did not sign you in: try again', error);
      throw providerFailure(error);
    }
  }

  /** Asked when it is first needed, so that the gateway starts without it, and again after a failure. */
  #discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    const authentication = clientSecret === undefined ? oidc.None() : undefined;
    this.#provider ??= oidc
      .discovery(new URL(issuer), clientId, clientSecret, authentication, {
        timeout: patienceSeconds,
        [oidc.customFetch]: (url, { method, headers, body, signal }) =>
          this.#fetch(url, {
            ...{ method, headers, signal: signal ?? AbortSignal.timeout(patienceSeconds * 1_000) },
            body: body instanceof URLSearchParams ? body.toString() : undefined,
          }),
        // The ID token is checked against the keys that the provider publishes, and not only by how it came.
        execute: [
          oidc.enableNonRepudiationChecks,
          ...(issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []),
        ],
      })
      .catch((cause: unknown) => {
        this.#provider = undefined;
        throw providerFailure(cause);
      });
    return this.#provider;
  }
}

/** Whether it is about what the browser brought: only that can be a guess (A6). */
function isOfBrowser(error: unknown): boolean {
  if (error instanceof oidc.AuthorizationResponseError) return true;
  if (error instanceof oidc.ResponseBodyError) return error.error === 'invalid_grant';
  return false;
}

function providerFailure(cause: unknown): GatewayError {
  const message = 'the sign-in provider does not answer as it should: try again in a moment';
  return new GatewayError('GATEWAY_OVERLOAD', message, { cause });
}

/** What goes to the provider tells nothing of the secret, and none of the three tells another. */
const flowOf = (secret: string) => ({
  state: digest(`state ${secret}`),
  nonce: digest(`nonce ${secret}`),
  verifier: digest(`verifier ${secret}`),
});

function refuseUnsafe({ issuer, redirectUri, rules }: OidcSettings): void {
  const { allowedDomains, driverGroups, viewerGroups } = rules;
  for (const [name, address] of [
    ['oidc.issuer', issuer],
    ['oidc.redirect_uri', redirectUri],
  ] as const) {
    const { protocol, hostname } = new URL(address);
    if (protocol === 'http:' && !/^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname))
      throw new StartError(`${name} ${address} can be read on its way: it must be https, but for loopback`);
  }
  if (!new URL(redirectUri).pathname.endsWith('/api/auth/oidc/callback'))
    throw new StartError(`oidc.redirect_uri ${redirectUri} must end with /api/auth/oidc/callback`);
  if (allowedDomains.length + driverGroups.length + viewerGroups.length === 0) {
    throw new StartError(
      'oidc.issuer would let in whoever has an account there: set oidc.allowed_domains (* for any), oidc.driver_groups or oidc.viewer_groups',
    );
  }
}
