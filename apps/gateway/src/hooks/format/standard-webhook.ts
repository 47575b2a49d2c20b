import { createHmac } from 'node:crypto';

/** How a secret of Standard Webhooks is written: this, then base64. Any other secret is taken as its characters. */
const prefix = 'whsec_';

type Signed = { secret: string | undefined; id: string; body: string; now: number };

/**
 * The headers of Standard Webhooks 1.0: an id that repetitions share, the time of the attempt and, with a secret,
 * `v1,` and the base64 of HMAC-SHA256 over `id.time.body`.
 */
export function standardHeaders({ secret, id, body, now }: Signed): Record<string, string> {
  const time = String(Math.floor(now / 1_000));
  const headers = { 'webhook-id': id, 'webhook-timestamp': time };
  if (secret === undefined) return headers;
  const key = secret.startsWith(prefix) ? Buffer.from(secret.slice(prefix.length), 'base64') : secret;
  const signature = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64');
  return { ...headers, 'webhook-signature': `v1,${signature}` };
}
