import type { OpenAPIHono } from '@hono/zod-openapi';
import { protocolVersion } from '@hotplex/aep-protocol';
import type { Logger } from '../ground/logger.ts';
import type { Metrics } from '../ground/metrics.ts';
import { createPageReads } from './admin/operator-reads.ts';
import { createOperatorRoutes, type Operations } from './admin/operator-routes.ts';
import { type AdmissionOptions, admission } from './admission.ts';
import { type AdoptionApiOptions, createAdoptionApi } from './adoption-api.ts';
import { type AgentsApiOptions, createAgentsApi } from './agents-api.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { type AuditedOptions, audited } from './audited.ts';
import { type AuthApiOptions, createAuthApi } from './auth-api.ts';
import { type AuthenticatedOptions, authenticated } from './authenticated.ts';
import { type ChangesApiOptions, createChangesApi } from './changes-api.ts';
import { type ApiDescription, describeApi } from './describe-api.ts';
import { createDocumentRoute } from './document-route.ts';
import { createFilesApi, type FilesApiOptions } from './files-api.ts';
import { createFoldersApi, type FoldersApiOptions } from './folders-api.ts';
import { type ForwardedOptions, forwarded } from './forwarded.ts';
import { createHealth } from './health.ts';
import { createJsonApp } from './json-app.ts';
import { createOidcApi, type OidcApiOptions } from './oidc-api.ts';
import { refuseOtherMethods } from './other-methods.ts';
import { ownerOfNew } from './owner-of-new.ts';
import { createPathsApi, type PathsApiOptions } from './paths-api.ts';
import { openPaths, permitted, publicPermissions } from './permissions.ts';
import { createPushApi, type PushApiOptions } from './push-api.ts';
import { createReady } from './ready.ts';
import { createRewindApi, type RewindApiOptions } from './rewind-api.ts';
import { createSearchApi } from './search-api.ts';
import { createSessionsApi, type SessionsApiOptions } from './sessions-api.ts';
import { createSharedApi, type SharedApiOptions } from './shared-api.ts';
import { createSharesApi, type SharesApiOptions } from './shares-api.ts';
import { createStreamApi, type StreamApiOptions } from './stream-api.ts';

type ApiOptions = Omit<AuthenticatedOptions, 'open'> &
  AdoptionApiOptions &
  AuthApiOptions &
  OidcApiOptions &
  AgentsApiOptions &
  StreamApiOptions &
  FilesApiOptions &
  FoldersApiOptions &
  ChangesApiOptions &
  RewindApiOptions &
  PathsApiOptions &
  PushApiOptions &
  SessionsApiOptions &
  SharesApiOptions &
  SharedApiOptions &
  Pick<AuditedOptions, 'audit'> &
  Pick<ForwardedOptions, 'router'> & {
    logger: Logger;
    metrics: Metrics;
    operations: Operations;
    /** From where operators may ask, and how often. */
    operatorAdmission: AdmissionOptions;
  };

/** Everything the gateway answers as JSON. All but /health needs a credential, unless it is a way to get one (A5). */
export function createApi(options: ApiOptions): OpenAPIHono<ApiEnvironment> {
  const api = createJsonApp(options);
  api.use(authenticated({ ...options, open: openPaths(publicPermissions) }));
  // Behind that, or strangers could keep operators out by asking often.
  api.use('/api/admin/*', admission(options.operatorAdmission));
  api.use(forwarded(options));
  api.on('POST', '/api/sessions', forwarded({ ...options, ownerOf: ownerOfNew(options) }));
  api.use(audited({ audit: options.audit, reads: createPageReads(options.clock) }));
  api.use(permitted(publicPermissions));
  api.use(refuseOtherMethods(api));
  api.route(
    '/',
    createDocumentRoute(() => describePublicApi(api, options.apiKeyHeader)),
  );
  api.route(
    '/health',
    createHealth(() => options.sessions.isClosing),
  );
  api.route('/health', createReady(options.operations));
  api.route('/api/auth', createAuthApi(options));
  api.route('/api/auth', createOidcApi(options));
  api.route('/api/sessions', createSessionsApi(options));
  api.route('/api/sessions', createStreamApi(options));
  api.route('/api/sessions', createFilesApi(options));
  api.route('/api/sessions', createChangesApi(options));
  api.route('/api/sessions', createRewindApi(options));
  api.route('/api/sessions', createPathsApi(options));
  api.route('/api/sessions', createSharesApi(options));
  api.route('/api/shared', createSharedApi(options));
  api.route('/api/search', createSearchApi(options.sessions));
  api.route('/api/folders', createFoldersApi(options));
  api.route('/api/push', createPushApi(options));
  api.route('/api/agents', createAgentsApi(options));
  api.route('/api/agents', createAdoptionApi(options));
  api.route('/api/admin', createOperatorRoutes(options.operations));
  return api;
}

/** The API of the gateway's port. */
export const describePublicApi = (
  api: OpenAPIHono<ApiEnvironment>,
  apiKeyHeader: string | undefined,
): ApiDescription =>
  describeApi(api, {
    title: 'HotPlex',
    description:
      'Sessions of coding agents, their logs, files and search. Live talk is AEP over WebSocket at /ws: see docs/protocol.md.',
    version: protocolVersion,
    ...{ permissions: publicPermissions, apiKeyHeader },
    // The failures of one address are counted, the door knows its host names, and a disk may be full.
    everywhere: [405, 421, 429, 503],
  });
