import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Audit } from '../ground/audit.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Logger } from '../ground/logger.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { attemptOf } from './attempt.ts';
import type { Grant } from './auth-api.ts';
import { refreshCookie } from './refresh-cookie.ts';
import { refusals } from './refusals.ts';

type Person = { subject: string; role: 'viewer' | 'driver' };

/** Signing in with a provider. */
export type OidcDoor = {
  /** What the sign-in page calls it. */
  name: string;
  provider: {
    begin(): Promise<{ url: string; secret: string }>;
    finish(query: string, secret: string): Promise<Person>;
  };
  /** Whether browsers reach this gateway by https. */
  isSecure: boolean;
  /** How long a sign-in holds before the provider is asked anew. */
  lifetimeMs: number;
  /** Where the web chat is. */
  home: string;
};

export type OidcApiOptions = {
  oidc: OidcDoor | undefined;
  signIn: { admit(person: Person, lifetimeMs: number): Promise<Grant> };
  failures: { guard<T>(address: string, work: () => Promise<T>): Promise<T> };
  audit: Audit;
  logger: Logger;
};

const cookie = 'hotplex_oidc';
/** As long as one may take to sign in at the provider. */
const patienceSeconds = 600;
const path = '/api/auth/oidc';

const routes = {
  methods: createRoute({
    method: 'get',
    path: '/methods',
    responses: {
      200: {
        description: 'How one can sign in, beside a link and a key.',
        content: {
          'application/json': { schema: z.object({ oidc: z.object({ name: z.string() }).nullable() }) },
        },
      },
    },
  }),
  start: createRoute({
    method: 'get',
    path: '/oidc/start',
    responses: { 302: { description: 'To the provider.' }, ...refusals(422) },
  }),
  callback: createRoute({
    method: 'get',
    path: '/oidc/callback',
    responses: {
      303: { description: 'Back from the provider to the web chat, signed in or not.' },
      ...refusals(422),
    },
  }),
};

/**
 * Browsers go to the provider and come back; what they come back with is the refresh cookie of every other sign-in.
 * NOTE: the cookie of the way there is `Lax`, as the way back begins at another site.
 */
export function createOidcApi({ oidc, signIn, failures, audit, logger }: OidcApiOptions) {
  const api = new OpenAPIHono<ApiEnvironment>();
  const door = () => {
    if (!oidc) throw new GatewayError('NOT_SUPPORTED', 'this gateway knows no provider: set oidc.issuer');
    return oidc;
  };

  api.openapi(routes.methods, (c) => c.json({ oidc: oidc ? { name: oidc.name } : null }, 200));

  api.openapi(routes.start, async (c) => {
    const { provider, isSecure: secure } = door();
    const { url, secret } = await provider.begin();
    setCookie(c, cookie, secret, { path, secure, httpOnly: true, sameSite: 'Lax', maxAge: patienceSeconds });
    return c.redirect(url, 302);
  });

  api.openapi(routes.callback, async (c) => {
    const { provider, isSecure: secure, lifetimeMs, home } = door();
    const { address } = attemptOf(c.env.incoming);
    const secret = getCookie(c, cookie);
    deleteCookie(c, cookie, { path, secure });
    try {
      if (secret === undefined) throw new GatewayError('AUTH_REQUIRED', 'this sign-in was begun elsewhere');
      const query = new URL(c.req.url).search;
      const person = await failures.guard(address, () => provider.finish(query, secret));
      const grant = await signIn.admit(person, lifetimeMs);
      const entry = { actor: person.subject, sessionId: null, action: `GET ${path}/callback`, rules: [] };
      audit.record({ ...entry, decision: 'allow', reason: null, inputHash: null });
      refreshCookie.write(c, grant.refreshToken, { seconds: grant.refreshSeconds, secure });
      return c.redirect(home, 303);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      logger.warn(
        { refusal: error.code, reason: error.message, cause: nameOf(error.cause) },
        'no sign-in by OIDC',
      );
      return c.redirect(`${home}#refused=${error.code === 'FORBIDDEN' ? 'account' : 'sign-in'}`, 303);
    }
  });
  return api;
}

/** What the library calls it; its message may hold what the provider sent. */
const nameOf = (cause: unknown) =>
  cause instanceof Error ? ('code' in cause && cause.code) || cause.name : undefined;
