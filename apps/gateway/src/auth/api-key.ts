import { isSameDigest } from '../ground/is-same-digest.ts';
import { StartError } from '../ground/start-error.ts';
import { digest } from './digest.ts';
import type { Identity } from './identity.ts';
import { weaknessOf } from './weakness-of.ts';

export type ApiKey = { name: string | null; key: string };
export type FindApiKey = (key: string) => Identity | undefined;

export type ApiKeys = {
  find: FindApiKey;
  /** Whether there is a key of this subject. */
  has(subject: string): boolean;
};

/**
 * Keys of programs. Each key is somebody of its own, so that one can be taken away without touching the sessions of
 * another: subject `key:<name>`, or `key:` and the first 12 hex digits of its digest for a key without a name.
 * Only digests are kept, and all of them are compared each time (A6). Throws StartError for a key that can be guessed (A1).
 */
export function createApiKeys(keys: readonly ApiKey[]): ApiKeys {
  const known = keys.map(({ name, key }) => {
    const weakness = weaknessOf(key);
    if (weakness) {
      throw new StartError(
        `security.api_keys: ${name === null ? 'a key' : `the key ${name}`} ${weakness}: make one with \`openssl rand -hex 32\``,
      );
    }
    return { digest: digest(key), subject: `key:${name ?? digest(key).slice(0, 12)}` };
  });
  refuseTwins(known);
  const subjects = new Set(known.map(({ subject }) => subject));
  return {
    find(key) {
      const given = digest(key);
      const [match] = known.filter((entry) => isSameDigest(entry.digest, given));
      return (
        match && {
          subject: match.subject,
          botId: null,
          role: 'driver',
          method: 'api_key',
          expiresAt: null,
          tokenId: null,
          signedInAt: null,
        }
      );
    },
    has: (subject) => subjects.has(subject),
  };
}

function refuseTwins(known: readonly { digest: string; subject: string }[]): void {
  const subjects = new Set(known.map(({ subject }) => subject));
  const digests = new Set(known.map((entry) => entry.digest));
  if (subjects.size < known.length || digests.size < known.length) {
    throw new StartError(
      'two API keys have the same name or the same value: give each program its own in security.api_keys',
    );
  }
}
