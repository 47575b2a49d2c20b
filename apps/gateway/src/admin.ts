import { join } from 'node:path';
import { createAdminToken } from './auth/admin-token.ts';
import { loadAdminToken } from './auth/admin-token-file.ts';
import type { FindApiKey } from './auth/api-key.ts';
import type { FailureLimit } from './auth/failure-limit.ts';
import { createRequestGuard } from './auth/request-guard.ts';
import type { Config } from './config-schema.ts';
import type { Audit } from './ground/audit.ts';
import type { Clock } from './ground/clock.ts';
import type { Logger } from './ground/logger.ts';
import { createAdminApi, type Status } from './http/admin-api.ts';
import { answerApi } from './http/answer-api.ts';
import { createHttpServer, type HttpServer } from './http/http-server.ts';
import { splitAddress } from './listen-address.ts';
import type { IsolationLevel } from './process/child-process.ts';

type AdminOptions = {
  config: Config;
  dataDir: string;
  status(): Promise<Status>;
  isStopping(): boolean;
  isolation: IsolationLevel;
  /** Shared with the main port: a guesser has one count. */
  failures: FailureLimit;
  findApiKey: FindApiKey;
  audit: Audit;
  clock: Clock;
  logger: Logger;
};

/** The operators' port, if the configuration asks for one: no pages, no sockets, no API keys (A7). Throws StartError. */
export async function startAdmin({
  config,
  dataDir,
  status,
  isStopping,
  isolation,
  failures,
  findApiKey,
  audit,
  clock,
  logger,
}: AdminOptions): Promise<Pick<HttpServer, 'close'> | undefined> {
  const { admin, security } = config;
  if (admin.addr === undefined) return undefined;
  const file = join(dataDir, 'admin-token');
  const token = admin.token ?? loadAdminToken(file);
  const authenticate = createAdminToken({ token, apiKeys: security.api_keys, findApiKey, failures });
  const server = createHttpServer({
    guard: createRequestGuard({ hosts: admin.allowed_hosts, origins: 'none' }),
    answer: answerApi(createAdminApi({ authenticate, status, isStopping, isolation, audit, logger })),
    variable: 'HOTPLEX_ADMIN_ADDR',
    ...{ clock, logger },
  });
  const { host, port } = await server.listen(splitAddress(admin.addr));
  const tokenFile = admin.token === undefined ? file : undefined;
  logger.info({ host, port, tokenFile }, 'the admin listener is open');
  return server;
}
