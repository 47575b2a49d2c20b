import { createAdminToken } from './auth/admin-token.ts';
import { adminTokenFile, loadAdminToken } from './auth/admin-token-file.ts';
import { createAllowedNetworks } from './auth/allowed-networks.ts';
import type { FindApiKey } from './auth/api-key.ts';
import type { FailureLimit } from './auth/failure-limit.ts';
import { createRequestGuard } from './auth/request-guard.ts';
import type { Router } from './cluster/router.ts';
import type { Config } from './config-schema.ts';
import type { Audit } from './ground/audit.ts';
import type { Clock } from './ground/clock.ts';
import { type Logger, logOf } from './ground/logger.ts';
import type { Metrics } from './ground/metrics.ts';
import { RateLimit } from './ground/rate-limit.ts';
import { createAdminApi } from './http/admin/admin-api.ts';
import type { Operations } from './http/admin/operator-routes.ts';
import type { AdmissionOptions } from './http/admission.ts';
import { answerApi } from './http/answer-api.ts';
import { createHttpServer, type HttpServer } from './http/http-server.ts';
import { splitAddress } from './listen-address.ts';

type AdminOptions = {
  config: Config;
  dataDir: string;
  operations: Operations;
  admitted: AdmissionOptions;
  /** Shared with the main port: a guesser has one count. */
  failures: FailureLimit;
  findApiKey: FindApiKey;
  /** To the node of the session that an operator means. */
  router: Router;
  audit: Audit;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
};

/** From where operators may ask, and how often, on both ports together. Throws StartError. */
export const openAdmission = (admin: Config['admin'], clock: Clock): AdmissionOptions => ({
  isAllowed: createAllowedNetworks(admin.allowed_networks, 'admin.allowed_networks'),
  rate: new RateLimit(clock, { perSecond: admin.requests_per_second, burst: admin.requests_burst }),
});

/** The operators' port, unless the configuration wants none: no pages, no sockets, no API keys of users (A7). Throws StartError. */
export async function startAdmin({
  config: { admin, security },
  dataDir,
  operations,
  admitted,
  failures,
  findApiKey,
  router,
  audit,
  clock,
  metrics,
  ...parts
}: AdminOptions): Promise<Pick<HttpServer, 'close'> | undefined> {
  if (!admin.enabled) return undefined;
  const logger = logOf('admin', parts.logger);
  const file = adminTokenFile(dataDir);
  const token = admin.token ?? loadAdminToken(file);
  const authenticate = createAdminToken({
    ...{ token, scoped: admin.tokens, apiKeys: security.api_keys },
    ...{ findApiKey, failures },
  });
  const api = createAdminApi({
    ...{ authenticate, operations, router, audit, logger, metrics, ...admitted },
  });
  const server = createHttpServer({
    guard: createRequestGuard({ hosts: admin.allowed_hosts, origins: 'none' }),
    answer: answerApi(api),
    variable: 'HOTPLEX_ADMIN_ADDR',
    ...{ clock, logger },
  });
  const { host, port } = await server.listen(splitAddress(admin.addr));
  const tokenFile = admin.token === undefined ? file : undefined;
  logger.info({ host, port, tokenFile }, 'the admin listener is open');
  return server;
}
