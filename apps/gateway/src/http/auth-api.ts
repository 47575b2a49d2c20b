import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Attempt, Identity } from '../auth/identity.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { attemptOf } from './peer.ts';

type Grant = {
  accessToken: string;
  expiresInSeconds: number;
  subject: string;
  refreshToken: string;
  refreshSeconds: number;
};

type AuthApiOptions = {
  signIn: {
    redeemCode(code: string): Promise<Grant>;
    refresh(token: string): Promise<Grant>;
    signOut(token: string): void;
  };
  failures: { check(peer: string): void; fail(peer: string): void; succeed(peer: string): void };
  issueTicket(identity: Identity, origin: string | null): string;
  ticketLifetimeMs: number;
  secureCookie: boolean;
  canonical(address: string | undefined): string;
};

const cookie = { name: 'hotplex_refresh', path: '/api/auth' };
const grant = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.number(),
  subject: z.string(),
});
const granted = { 200: { description: 'Signed in.', content: { 'application/json': { schema: grant } } } };

const routes = {
  signIn: createRoute({
    method: 'post',
    path: '/sign-in',
    request: {
      body: {
        required: true,
        content: { 'application/json': { schema: z.object({ code: z.string().min(1).max(256) }) } },
      },
    },
    responses: granted,
  }),
  refresh: createRoute({ method: 'post', path: '/refresh', responses: granted }),
  signOut: createRoute({
    method: 'post',
    path: '/sign-out',
    responses: { 204: { description: 'Signed out.' } },
  }),
  ticket: createRoute({
    method: 'post',
    path: '/ticket',
    responses: {
      200: {
        description: 'A one-time pass for a socket.',
        content: { 'application/json': { schema: z.object({ ticket: z.string(), expires_in: z.number() }) } },
      },
    },
  }),
};

/** Signing in and out. The refresh cookie works here and nowhere else, and only for requests of our own pages (H2, X6). */
export function createAuthApi({
  signIn,
  failures,
  issueTicket,
  ticketLifetimeMs,
  secureCookie,
  canonical,
}: AuthApiOptions) {
  const api = new OpenAPIHono<ApiEnvironment>();
  const answer = (
    c: Context,
    { accessToken, expiresInSeconds, subject, refreshToken, refreshSeconds }: Grant,
  ) => {
    setCookie(c, cookie.name, refreshToken, {
      path: cookie.path,
      httpOnly: true,
      sameSite: 'Strict',
      secure: secureCookie,
      maxAge: refreshSeconds,
    });
    c.header('cache-control', 'no-store');
    return c.json(
      { access_token: accessToken, token_type: 'Bearer' as const, expires_in: expiresInSeconds, subject },
      200,
    );
  };
  const limited = async (attempt: Attempt, work: () => Promise<Grant>) => {
    failures.check(attempt.address);
    try {
      const result = await work();
      failures.succeed(attempt.address);
      return result;
    } catch (error) {
      failures.fail(attempt.address);
      throw error;
    }
  };

  api.openapi(routes.signIn, async (c) => {
    const { code } = c.req.valid('json');
    return answer(c, await limited(attemptOf(c, canonical), () => signIn.redeemCode(code)));
  });
  api.openapi(routes.refresh, async (c) => {
    const attempt = requireOrigin(attemptOf(c, canonical));
    const token = getCookie(c, cookie.name);
    if (!token)
      throw new GatewayError('AUTH_REQUIRED', 'you are signed out: open the link the gateway printed');
    return answer(c, await limited(attempt, () => signIn.refresh(token)));
  });
  api.openapi(routes.signOut, (c) => {
    requireOrigin(attemptOf(c, canonical));
    const token = getCookie(c, cookie.name);
    if (token) signIn.signOut(token);
    deleteCookie(c, cookie.name, { path: cookie.path });
    return c.body(null, 204);
  });
  api.openapi(routes.ticket, (c) => {
    const ticket = issueTicket(c.get('identity'), attemptOf(c, canonical).origin);
    return c.json({ ticket, expires_in: ticketLifetimeMs / 1_000 }, 200);
  });
  return api;
}

/** A cookie proves nothing about which page sent it: without an Origin (which the guard has checked) it does not count. */
function requireOrigin(attempt: Attempt): Attempt {
  if (attempt.origin === null)
    throw new GatewayError('FORBIDDEN', 'this request must come from the web chat’s own page');
  return attempt;
}
