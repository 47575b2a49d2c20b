import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Attempt, Identity } from '../auth/identity.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import { adminScopes } from '../settings/admin-scope.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { attemptOf } from './attempt.ts';
import { refreshCookie } from './refresh-cookie.ts';
import { refusals } from './refusals.ts';
import { refuseInvalid } from './refuse-invalid.ts';

const ticketSeconds = 30;

export type Grant = {
  accessToken: string;
  expiresInSeconds: number;
  subject: string;
  refreshToken: string;
  refreshSeconds: number;
};

export type AuthApiOptions = {
  signIn: {
    redeemCode(code: string): Promise<Grant>;
    refresh(token: string): Promise<Grant>;
    /** Returns who was signed in. */
    signOut(token: string): string | undefined;
    /** Ends all sign-ins and tokens of a user. */
    signOutEverywhere(subject: string): void;
  };
  /** Origins of pages of others, which the guard lets in. */
  foreignOrigins: ReadonlySet<string>;
  /** Wrong codes and cookies count like wrong tokens (A6). */
  failures: { guard<T>(address: string, work: () => Promise<T>): Promise<T> };
  tickets: {
    issue(identity: Identity, scope: { origin: string | null; session: string | undefined }): string;
  };
};

const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const nothing = { body: { required: false, ...json(z.object({})) } };
const granted = {
  description: 'Signed in. The refresh token is in the cookie.',
  ...json(
    z.object({
      access_token: z.string(),
      token_type: z.literal('Bearer'),
      expires_in: z.number().describe('Seconds.'),
      subject: z.string(),
    }),
  ),
};

const ticketRequest = z.object({
  session_id: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe('The session it is for, as `init` will name it; without one it opens a new session.'),
});

const routes = {
  signIn: createRoute({
    method: 'post',
    path: '/sign-in',
    request: { body: { required: true, ...json(z.object({ code: z.string().min(1).max(256) })) } },
    responses: { 200: granted, ...refusals(401) },
  }),
  refresh: createRoute({
    method: 'post',
    path: '/refresh',
    request: nothing,
    responses: { 200: granted, ...refusals(401, 403) },
  }),
  signOut: createRoute({
    method: 'post',
    path: '/sign-out',
    request: nothing,
    responses: {
      204: { description: 'Signed out, in all tabs of this browser.' },
      ...refusals(403),
    },
  }),
  signOutEverywhere: createRoute({
    method: 'post',
    path: '/sign-out-everywhere',
    request: nothing,
    responses: { 204: { description: 'Signed out on every device; all tokens of this user are void.' } },
  }),
  identity: createRoute({
    method: 'get',
    path: '/identity',
    responses: {
      200: {
        description: 'Who the caller is to the gateway.',
        ...json(
          z.object({
            subject: z.string(),
            role: z.string(),
            scopes: z.array(z.enum(adminScopes)).describe('What the caller may do below /api/admin.'),
          }),
        ),
      },
    },
  }),
  ticket: createRoute({
    method: 'post',
    path: '/ticket',
    request: { body: { required: false, ...json(ticketRequest) } },
    responses: {
      200: {
        description: 'A one-time pass for one socket.',
        ...json(z.object({ ticket: z.string(), expires_in: z.number().describe('Seconds.') })),
      },
    },
  }),
};

/** Signing in and out. The refresh cookie works here and nowhere else, and only for requests of our own pages (H2, X6). */
export function createAuthApi({ signIn, foreignOrigins, failures, tickets }: AuthApiOptions) {
  const api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid });
  const hand = (c: Context<ApiEnvironment>, grant: Grant) => {
    c.set('actor', grant.subject);
    refreshCookie.write(c, grant.refreshToken, { seconds: grant.refreshSeconds });
    const { accessToken, expiresInSeconds, subject } = grant;
    return c.json(
      { access_token: accessToken, token_type: 'Bearer' as const, expires_in: expiresInSeconds, subject },
      200,
    );
  };

  api.openapi(routes.signIn, async (c) => {
    const { code } = c.req.valid('json');
    const { address } = attemptOf(c.env.incoming);
    return hand(c, await failures.guard(address, () => signIn.redeemCode(code)));
  });
  api.openapi(routes.refresh, async (c) => {
    const { address } = ownPage(attemptOf(c.env.incoming), foreignOrigins);
    const token = refreshCookie.read(c);
    if (token === undefined)
      throw new GatewayError('AUTH_REQUIRED', 'you are signed out: open the link the gateway printed');
    return hand(c, await failures.guard(address, () => signIn.refresh(token)));
  });
  api.openapi(routes.signOut, (c) => {
    ownPage(attemptOf(c.env.incoming), foreignOrigins);
    const token = refreshCookie.read(c);
    const subject = token === undefined ? undefined : signIn.signOut(token);
    if (subject !== undefined) c.set('actor', subject);
    refreshCookie.clear(c);
    return c.body(null, 204);
  });
  api.openapi(routes.signOutEverywhere, (c) => {
    const { method, botId, subject } = c.get('identity');
    if (method !== 'token' || botId !== null)
      throw new GatewayError(
        'FORBIDDEN',
        'only a user who signed in may do this: a key is revoked by itself',
      );
    signIn.signOutEverywhere(subject);
    refreshCookie.clear(c);
    return c.body(null, 204);
  });
  api.openapi(routes.identity, (c) => {
    const { subject, role, scopes = [] } = c.get('identity');
    return c.json({ subject, role, scopes: [...scopes] }, 200);
  });
  api.openapi(routes.ticket, (c) => {
    const { origin } = attemptOf(c.env.incoming);
    const { session_id: session } = c.req.valid('json');
    const ticket = tickets.issue(c.get('identity'), { origin, session });
    return c.json({ ticket, expires_in: ticketSeconds }, 200);
  });
  return api;
}

/**
 * A cookie does not say which page sent it: without an Origin, which the guard has checked, it does not count. A page of
 * the same site has the cookie, too, and may be somebody else's.
 */
function ownPage(attempt: Attempt, foreignOrigins: ReadonlySet<string>): Attempt {
  if (attempt.origin === null || foreignOrigins.has(attempt.origin))
    throw new GatewayError('FORBIDDEN', 'this request must come from the web chat’s own page');
  return attempt;
}
