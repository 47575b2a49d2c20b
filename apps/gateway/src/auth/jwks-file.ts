import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { Clock } from '../ground/clock.ts';
import type { Logger } from '../ground/logger.ts';
import { StartError } from '../ground/start-error.ts';
import { type PublicKey, publicKey } from './public-key.ts';

const lookEveryMs = 5_000;
const keySet = z.object({ keys: z.array(publicKey).min(1).max(64) });

/** The keys that may sign tokens at this moment: the same array until one of them changes. */
export type CurrentKeys = () => readonly PublicKey[];

/**
 * Public keys of others who may sign tokens, from a JWKS file. A changed file is read without a restart, a bad one
 * leaves the old keys in force and is logged (J7). Throws StartError if the file is bad from the start.
 */
export function createJwksFile({
  file,
  own,
  clock,
  logger,
}: {
  file: string;
  /** Beside the file's keys; its name may not appear in the file. */
  own: PublicKey;
  clock: Clock;
  logger: Logger;
}): CurrentKeys {
  let stamp: string;
  let keys: readonly PublicKey[];
  try {
    stamp = stampOf(file);
    keys = readKeys(file, own);
  } catch (cause) {
    const remedy = 'it must hold public P-256 keys, each with its own kid';
    throw new StartError(`security.jwt_jwks_file ${file} cannot be used (${reasonOf(cause)}): ${remedy}`, {
      cause,
    });
  }
  let lookedAt = clock.elapsed();
  return () => {
    if (clock.elapsed() - lookedAt < lookEveryMs) return keys;
    lookedAt = clock.elapsed();
    try {
      const now = stampOf(file);
      if (now === stamp) return keys;
      stamp = now;
      keys = readKeys(file, own);
      logger.info({ file, keys: keys.length }, 'token keys read anew');
    } catch (cause) {
      logger.warn({ file, reason: reasonOf(cause) }, 'the changed token keys are bad: the old ones stay');
    }
    return keys;
  };
}

function stampOf(file: string): string {
  const { mtimeMs, size, ino } = statSync(file);
  return `${ino}:${size}:${mtimeMs}`;
}

function readKeys(file: string, own: PublicKey): PublicKey[] {
  const keys = [own, ...keySet.parse(JSON.parse(readFileSync(file, 'utf8'))).keys];
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) throw new Error('a kid appears twice');
  return keys;
}

function reasonOf(cause: unknown): string {
  if (cause instanceof z.ZodError) {
    const [issue] = cause.issues;
    return `${issue?.path.join('.')}: ${issue?.message}`;
  }
  return cause instanceof Error ? cause.message : String(cause);
}
