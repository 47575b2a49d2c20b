import { Hono } from 'hono';

/** That the gateway is there, and whether it takes work: all that somebody without a credential can learn. */
export function createHealth(isStopping: () => boolean): Hono {
  return new Hono().get('/', (c) =>
    isStopping() ? c.json({ status: 'stopping' }, 503) : c.json({ status: 'ok' }),
  );
}
