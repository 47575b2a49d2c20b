import { Hono } from 'hono';

/** That the gateway is there: all that somebody without a credential can learn. */
export function createHealth(): Hono {
  return new Hono().get('/', (c) => c.json({ status: 'ok' }));
}
