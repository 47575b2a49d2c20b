import { refuseWeakTokens } from './auth/admin-token.ts';
import { createApiKeys } from './auth/api-key.ts';
import { sharedSecretKeys } from './auth/shared-secret.ts';
import type { Config } from './config-schema.ts';
import { approvalPage } from './gateway-approvals.ts';
import { openGatewayCertificate } from './gateway-certificate.ts';
import { openOidc } from './gateway-oidc.ts';
import { systemClock as clock } from './ground/clock.ts';
import { createIds } from './ground/ids.ts';
import { silentLogger as logger } from './ground/logger.ts';
import { refuseUnsafe } from './start-checks.ts';

/**
 * Whether a gateway would start with this, as far as that can be said without starting one: what it listens on, its
 * database and what its machine can do are not tried. Throws StartError.
 */
export function refuseUnstartable(config: Config): void {
  refuseUnusable(config);
  openGatewayCertificate(config, { clock, logger });
}

/** The same without a look at any file. Throws StartError. */
export function refuseUnusable(config: Config): void {
  const { security, admin } = config;
  refuseUnsafe(config);
  approvalPage(config);
  createApiKeys(security.api_keys);
  if (security.jwt_secret !== undefined) sharedSecretKeys(security.jwt_secret);
  refuseWeakTokens({ token: admin.token, scoped: admin.tokens, apiKeys: security.api_keys });
  openOidc({ config, gatewayPorts: [], ids: createIds(), logger });
}
