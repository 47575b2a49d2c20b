import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Metrics } from '../../ground/metrics.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { type AuditedOptions, audited } from '../audited.ts';
import { authenticated } from '../authenticated.ts';
import { type ForwardedOptions, forwarded } from '../forwarded.ts';
import { createJsonApp } from '../json-app.ts';
import { refuseOtherMethods } from '../other-methods.ts';
import { permitted } from '../permissions.ts';
import { basicCredential } from './basic-credential.ts';
import { createEventRoutes } from './event-routes.ts';
import { createMessageRoutes } from './message-routes.ts';
import { onOpenCodeError, unknownAddress } from './opencode-error.ts';
import { fromSessionId } from './opencode-ids.ts';
import type { OpenCodeOptions } from './opencode-options.ts';
import { openCodePermissions, surroundings } from './opencode-permissions.ts';
import { ownerOf } from './owner-of.ts';
import { createRequestRoutes } from './request-routes.ts';
import { createSessionRoutes } from './session-routes.ts';
import { surroundingsOf } from './surroundings.ts';

/** What the door needs. */
export type OpenCodeApiOptions = OpenCodeOptions &
  Pick<AuditedOptions, 'audit'> &
  Pick<ForwardedOptions, 'router'> & { metrics: Metrics };

const prefix = '/opencode';

/**
 * What clients of OpenCode’s server want of it, answered from our sessions: version 1.18 of
 * https://opencode.ai/docs/server. All of it needs a credential (A5).
 */
export function createOpenCodeApi(options: OpenCodeApiOptions): OpenAPIHono<ApiEnvironment> {
  const api = createJsonApp(options);
  const onError = onOpenCodeError(options);
  api.onError(onError);
  api.notFound((c) => onError(unknownAddress(c), c));
  api.use(authenticated({ ...options, open: new Set(), credentialOf: basicCredential }));
  api.use(forwarded({ router: options.router, ownerOf: ownerOf(options) }));
  api.use(audited({ audit: options.audit }));
  api.use(async (c, next) => {
    await next();
    const id = c.req.param('id');
    if (id !== undefined) c.set('sessionId', fromSessionId(id));
  });
  api.use(permitted(openCodePermissions));
  api.use(refuseOtherMethods(api));
  const around = surroundingsOf(options);
  for (const path of surroundings) {
    const value = around[path];
    api.get(`${prefix}/${path}`, async (c) => c.json(typeof value === 'function' ? await value() : value));
  }
  api.route(`${prefix}/session`, createSessionRoutes(options));
  api.route(`${prefix}/session`, createMessageRoutes(options));
  api.route(prefix, createRequestRoutes(options));
  api.route(prefix, createEventRoutes(options));
  return api;
}
