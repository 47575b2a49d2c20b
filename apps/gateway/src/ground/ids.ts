import { randomBytes, randomUUID } from 'node:crypto';

/** Identifiers and secrets, handed in: tests make them predictable. */
export interface Ids {
  /** A random UUID. */
  uuid(): string;
  /** The id of an event: `evt_` and a UUID-shaped name, unique over all processes. */
  event(): string;
  /** A secret of `bytes` random bytes, base64url. */
  secret(bytes: number): string;
}

/** Event ids are a counter under a random prefix: as unique as UUIDs and much cheaper per event. */
export function createIds(): Ids {
  const prefix = randomUUID().slice(0, 24);
  let count = 0;
  return {
    uuid: () => randomUUID(),
    event: () => `evt_${prefix}${(count++).toString(16).padStart(12, '0')}`,
    secret: (bytes) => randomBytes(bytes).toString('base64url'),
  };
}
