import { createHash, timingSafeEqual } from 'node:crypto';
import { StartError } from '../ground/start-error.ts';
import type { Identity } from './identity.ts';

const shortest = 32;

export type ApiKey = { name: string | null; key: string };

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * Keys of programs. Each key is somebody of its own: subject `key:<name>`, or `key:<first 12 hex digits of the digest>`
 * for a key without a name. Only digests are kept and all are compared, in constant time (A1, A6).
 */
export function createApiKeys(keys: readonly ApiKey[]): (key: string) => Identity | undefined {
  const known = keys.map(({ name, key }) => {
    if (key.length < shortest) {
      const which = name === null ? 'an API key' : `the API key ${name}`;
      throw new StartError(
        `${which} is shorter than ${shortest} characters: make one with \`openssl rand -hex 32\``,
      );
    }
    const digest = sha256(key);
    return { digest, subject: `key:${name ?? digest.toString('hex').slice(0, 12)}` };
  });
  return (key) => {
    const digest = sha256(key);
    const matches = known.filter((entry) => timingSafeEqual(entry.digest, digest));
    const [match] = matches;
    return (
      match && { subject: match.subject, botId: null, method: 'api_key', expiresAt: null, tokenId: null }
    );
  };
}
