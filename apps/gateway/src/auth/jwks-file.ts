import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Clock } from '../ground/clock.ts';
import type { Logger } from '../ground/logger.ts';
import { StartError } from '../ground/start-error.ts';
import { type PublicKey, publicKey } from './public-key.ts';
import { reasonOf } from './reason-of.ts';
import { type CurrentValue, watchFile } from './watched-file.ts';

const keySet = z.object({ keys: z.array(publicKey).min(1).max(64) });

/** The keys that may sign tokens at this moment: the same array until one of them changes. */
export type CurrentKeys = CurrentValue<readonly PublicKey[]>;

/** Public keys of others who may sign tokens, from a JWKS file. Throws StartError if the file is bad from the start. */
export function createJwksFile({
  file,
  own,
  clock,
  logger,
}: {
  file: string;
  /** Our own keys: their names may not appear in the file. */
  own: CurrentKeys;
  clock: Clock;
  logger: Logger;
}): CurrentKeys {
  try {
    return watchFile({ file, read: () => readKeys(file, own()), holds: 'token keys', clock, logger });
  } catch (cause) {
    const remedy = 'it must hold public P-256 keys, each with its own kid';
    throw new StartError(`security.jwt_jwks_file ${file} cannot be used (${reasonOf(cause)}): ${remedy}`, {
      cause,
    });
  }
}

function readKeys(file: string, own: readonly PublicKey[]): readonly PublicKey[] {
  const { keys } = keySet.parse(JSON.parse(readFileSync(file, 'utf8')));
  const names = [...own, ...keys].map(({ kid }) => kid);
  if (new Set(names).size < names.length) throw new Error('a kid appears twice');
  return keys;
}
