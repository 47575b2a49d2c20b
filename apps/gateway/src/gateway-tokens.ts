import { join } from 'node:path';
import type { Revocations } from './auth/is-revoked.ts';
import { createJwksFile } from './auth/jwks-file.ts';
import { sharedSecretKeys } from './auth/shared-secret.ts';
import { createTokenSigner, type SignToken } from './auth/sign-token.ts';
import { watchSigningKey } from './auth/signing-key.ts';
import { createTokenVerifier, type VerifyToken } from './auth/verify-token.ts';
import { createVerifyingKeys, ownKeys } from './auth/verifying-keys.ts';
import type { Config } from './config-schema.ts';
import type { Clock } from './ground/clock.ts';
import { type Logger, logOf } from './ground/logger.ts';
import { expandPath } from './start-checks.ts';

type TokensOptions = {
  security: Config['security'];
  dataDir: string;
  /** Brings the file of the key up to date before it is looked at. */
  refreshKey?: () => void;
  revocations: Revocations;
  clock: Clock;
  logger: Logger;
};

/** Where the gateway's own key is. */
export const signingKeyFile = (dataDir: string) => join(dataDir, 'signing-key.json');

/** How a gateway with this configuration signs access tokens, and which it takes. Throws StartError. */
export function openTokens({ security, dataDir, refreshKey, revocations, clock, ...parts }: TokensOptions): {
  signToken: SignToken;
  verifyToken: VerifyToken;
} {
  const logger = logOf('tokens', parts.logger);
  const { jwt_issuer: issuer, jwt_audience: audience, jwt_jwks_file: file, jwt_secret: secret } = security;
  const signing = watchSigningKey(signingKeyFile(dataDir), { refresh: refreshKey, clock, logger });
  const own = () => ownKeys(signing(), clock.now());
  const others =
    file === undefined ? () => [] : createJwksFile({ file: expandPath(file), own, clock, logger });
  const keys = createVerifyingKeys({ signing, others, clock });
  const sharedKeys = secret === undefined ? [] : sharedSecretKeys(secret);
  return {
    signToken: createTokenSigner({ key: signing, issuer, audience, clock }),
    verifyToken: createTokenVerifier({ keys, issuer, audience, clock, revocations, sharedKeys }),
  };
}
