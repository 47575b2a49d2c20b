import { Hono } from 'hono';

/**
 * That the gateway is there, and whether it takes work: all that somebody without a credential can learn. `more`: what the
 * listener of operators says besides.
 */
export function createHealth(isStopping: () => boolean, more: Readonly<Record<string, string>> = {}): Hono {
  return new Hono().get('/', (c) =>
    isStopping() ? c.json({ status: 'stopping', ...more }, 503) : c.json({ status: 'ok', ...more }),
  );
}
