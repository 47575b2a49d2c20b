import { isSameDigest } from '../ground/is-same-digest.ts';
import { StartError } from '../ground/start-error.ts';
import type { AdminScope } from '../settings/admin-scope.ts';
import type { FindApiKey } from './api-key.ts';
import { digest } from './digest.ts';
import type { FailureLimit } from './failure-limit.ts';
import type { Authenticate, Identity } from './identity.ts';
import { unknownCredential } from './refused-credential.ts';
import { weaknessOf } from './weakness-of.ts';

const variable = 'admin.token (HOTPLEX_ADMIN_TOKEN)';
const everything = ['admin:write'] as const;
const remedy = 'make one with `openssl rand -hex 32`';

/** A token of a program that may do some of what operators may. */
export type ScopedToken = { name: string; token: string; scopes: readonly AdminScope[] };

/** Somebody who runs the gateway, or a part of it. Owns no session, like everybody who opened none. */
const operator = (subject: string, scopes: readonly AdminScope[]): Identity => ({
  ...{ subject, method: 'admin_token', role: 'admin', scopes },
  ...{ botId: null, expiresAt: null, tokenId: null, signedInAt: null },
});

type AdminTokenOptions = {
  token: string;
  /** Tokens that are good for less. */
  scoped: readonly ScopedToken[];
  apiKeys: readonly { key: string }[];
  /** Keys with the role `admin` are good for here, and for here only. */
  findApiKey: FindApiKey;
  failures: FailureLimit;
};

/**
 * The operators' own credentials (A7), taken as a bearer only: one token that may do everything, others that may do what
 * they name, and keys that were made for nothing else. No other API key is one: a key given to a program must not show
 * what everybody's sessions do. Throws StartError if a token can be guessed.
 */
export function createAdminToken({
  token,
  scoped,
  apiKeys,
  findApiKey,
  failures,
}: AdminTokenOptions): Authenticate {
  refuseWeakTokens({ token, scoped, apiKeys });
  const known = [
    { digest: digest(token), identity: operator('operator', everything) },
    ...scoped.map(({ name, token: other, scopes }) => ({
      digest: digest(other),
      identity: operator(`operator:${name}`, scopes),
    })),
  ];
  return (credential, { address }) =>
    failures.guard(address, () => {
      if (credential.kind === 'bearer') {
        const given = digest(credential.token);
        const [match] = known.filter((entry) => isSameDigest(entry.digest, given));
        if (match) return match.identity;
        const key = findApiKey(credential.token);
        if (key?.role === 'admin') return { ...key, scopes: everything };
      }
      throw unknownCredential('this is not the admin token: send it as Authorization: Bearer <token>');
    });
}

type Tokens = Pick<AdminTokenOptions, 'scoped' | 'apiKeys'> & { token: string | undefined };

/** Throws StartError for tokens that can be guessed, or that mean two programs. Without a token of its own one is made. */
export function refuseWeakTokens({ token, scoped, apiKeys }: Tokens): void {
  const named = scoped.map(({ name, token: other }) => [`the token ${name} of admin.tokens`, other] as const);
  const all = token === undefined ? named : [[variable, token] as const, ...named];
  for (const [what, value] of all) requireGood(what, value, apiKeys);
  if (new Set(all.map(([, value]) => value)).size < all.length)
    throw new StartError(
      `two tokens of operators have the same value: give each program its own in admin.tokens`,
    );
}

function requireGood(what: string, token: string, apiKeys: readonly { key: string }[]): void {
  const weakness = weaknessOf(token);
  if (weakness !== undefined) throw new StartError(`${what} ${weakness}: ${remedy}`);
  if (apiKeys.some(({ key }) => key === token))
    throw new StartError(`${what} is one of security.api_keys: ${remedy}`);
}
