import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';

/** What the gateway says who it is by, to push services. */
export type PushKey = {
  privateKey: KeyObject;
  /** The point of the curve, base64url: what browsers subscribe with. */
  publicKey: string;
};

/** Less than the day that RFC 8292 allows; clocks differ. */
const lifetimeSeconds = 12 * 60 * 60;

/** The Authorization of a message to a push service (RFC 8292): made for that service alone. `now` is Unix milliseconds. */
export async function vapidHeader(
  endpoint: string,
  { key, contact, now }: { key: PushKey; contact: string; now: number },
): Promise<string> {
  const token = await new SignJWT()
    .setProtectedHeader({ typ: 'JWT', alg: 'ES256' })
    .setAudience(new URL(endpoint).origin)
    .setExpirationTime(Math.floor(now / 1_000) + lifetimeSeconds)
    .setSubject(contact)
    .sign(key.privateKey);
  return `vapid t=${token}, k=${key.publicKey}`;
}
