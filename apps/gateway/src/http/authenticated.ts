import type { IncomingHttpHeaders } from 'node:http';
import type { MiddlewareHandler } from 'hono';
import type { Authenticate, Credential } from '../auth/identity.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { attemptOf } from './attempt.ts';
import { headerCredential } from './header-credential.ts';

export type AuthenticatedOptions = {
  authenticate: Authenticate;
  /** Undefined where API keys are not taken. */
  apiKeyHeader: string | undefined;
  /** Paths that do without, spelled exactly so: signing in cannot ask for being signed in. */
  open: ReadonlySet<string>;
  /** Where a request has its credential; default: as everywhere. */
  credentialOf?: (headers: IncomingHttpHeaders, apiKeyHeader: string | undefined) => Credential | undefined;
};

/**
 * Lets a request through with its identity set, as it was found here or by the node that led it here, or answers 401;
 * whatever is not named open is closed (A5).
 */
export function authenticated({
  authenticate,
  apiKeyHeader,
  open,
  credentialOf = headerCredential,
}: AuthenticatedOptions): MiddlewareHandler<ApiEnvironment> {
  return async (c, next) => {
    if (open.has(c.req.path)) return next();
    const { caller, incoming } = c.env;
    if (caller?.identity) {
      c.set('identity', caller.identity);
      return next();
    }
    const credential = credentialOf(incoming.headers, apiKeyHeader);
    if (!credential) {
      throw new GatewayError(
        'AUTH_REQUIRED',
        `no credential: send an Authorization${apiKeyHeader === undefined ? '' : ` or ${apiKeyHeader}`} header`,
      );
    }
    c.set('identity', await authenticate(credential, attemptOf(incoming)));
    await next();
  };
}
