import { StartError } from '../ground/start-error.ts';
import type { FindApiKey } from './api-key.ts';
import { digest } from './digest.ts';
import type { FailureLimit } from './failure-limit.ts';
import type { Authenticate, Identity } from './identity.ts';
import { isSameDigest } from './is-same-digest.ts';
import { unknownCredential } from './refused-credential.ts';
import { weaknessOf } from './weakness-of.ts';

const variable = 'admin.token (HOTPLEX_ADMIN_TOKEN)';
/** Whoever runs the gateway. Owns no session, like everybody who opened none. */
const operator: Identity = {
  ...{ subject: 'operator', method: 'admin_token', role: 'admin' },
  ...{ botId: null, expiresAt: null, tokenId: null, signedInAt: null },
};

/**
 * The operators' own credentials (A7), taken as a bearer only: one token, and keys that were made for nothing else. No
 * other API key is one: a key given to a program must not show what everybody's sessions do. Throws StartError if the
 * token can be guessed.
 */
export function createAdminToken({
  token,
  apiKeys,
  findApiKey,
  failures,
}: {
  token: string;
  apiKeys: readonly { key: string }[];
  /** Keys with the role `admin` are good for here, and for here only. */
  findApiKey: FindApiKey;
  failures: FailureLimit;
}): Authenticate {
  const remedy = 'make one with `openssl rand -hex 32`';
  const weakness = weaknessOf(token);
  if (weakness !== undefined) throw new StartError(`${variable} ${weakness}: ${remedy}`);
  if (apiKeys.some(({ key }) => key === token))
    throw new StartError(`${variable} is one of security.api_keys: ${remedy}`);
  const expected = digest(token);
  return (credential, { address }) =>
    failures.guard(address, () => {
      if (credential.kind === 'bearer') {
        if (isSameDigest(expected, digest(credential.token))) return operator;
        const key = findApiKey(credential.token);
        if (key?.role === 'admin') return key;
      }
      throw unknownCredential('this is not the admin token: send it as Authorization: Bearer <token>');
    });
}
