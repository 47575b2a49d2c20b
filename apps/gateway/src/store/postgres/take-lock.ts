import { setTimeout } from 'node:timers/promises';
import { BridgeError } from './bridge-error.ts';
import type { DatabaseLock } from './bridge-messages.ts';
import { cutOff, type PostgresClient } from './connect-postgres.ts';

/** `HPLX` in ASCII: a number that no other program locks by. */
const instanceLock = 0x48504c58;
const pauseMs = 20;

type TakeOptions = {
  lock: Exclude<DatabaseLock, 'beside'>;
  /** How long to try, milliseconds. */
  waitMs: number;
};

/**
 * Keeps gateways that may not use the database, too, out of it. The lock is the connection's: PostgreSQL frees it when that
 * ends, however it ends. Each schema has one. Rejects with BridgeError if another gateway has it; then the connection is cut.
 */
export async function takeLock(client: PostgresClient, { lock, waitMs }: TakeOptions): Promise<void> {
  const take = lock === 'alone' ? 'pg_try_advisory_lock' : 'pg_try_advisory_lock_shared';
  for (const startedAt = performance.now(); ; await setTimeout(pauseMs)) {
    const { rows } = await client.query<{ taken: boolean }>({
      text: `select ${take}($1, hashtext(current_schema())) as taken`,
      values: [instanceLock],
    });
    if (rows[0]?.taken === true) return;
    if (performance.now() - startedAt < waitMs) continue;
    cutOff(client);
    throw new BridgeError('taken', 'another gateway has it');
  }
}
