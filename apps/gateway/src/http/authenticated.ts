import type { MiddlewareHandler } from 'hono';
import type { Attempt, Authenticate } from '../auth/identity.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { type ApiBindings, attemptOf, headerCredential } from './peer.ts';

type Options = {
  authenticate: Authenticate;
  apiKeyHeader: string;
  canonical(address: string | undefined): string;
};

/** Lets a request through with its identity set, or answers 401. Stands before every route but signing in. */
export function authenticated({
  authenticate,
  apiKeyHeader,
  canonical,
}: Options): MiddlewareHandler<ApiEnvironment> {
  return async (c, next) => {
    const credential = headerCredential((c.env as ApiBindings).incoming.headers, apiKeyHeader);
    if (!credential)
      throw new GatewayError(
        'AUTH_REQUIRED',
        `no credential: send an Authorization or ${apiKeyHeader} header`,
      );
    const attempt: Attempt = attemptOf(c, canonical);
    c.set('identity', await authenticate(credential, attempt));
    await next();
  };
}
