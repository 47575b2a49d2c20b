import type { Clock } from '../ground/clock.ts';
import type { CurrentKeys } from './jwks-file.ts';
import type { PublicKey } from './public-key.ts';
import type { SigningKey } from './signing-key.ts';
import type { CurrentValue } from './watched-file.ts';

/** All keys that may have signed a token: ours, those that were ours a moment ago, and those of others (J7). */
export function createVerifyingKeys({
  signing,
  others,
  clock,
}: {
  signing: CurrentValue<SigningKey>;
  others: CurrentKeys;
  clock: Clock;
}): CurrentKeys {
  let names = '';
  let keys: readonly PublicKey[] = [];
  return (oldestMs) => {
    const now = [...ownKeys(signing(oldestMs), clock.now()), ...others(oldestMs)];
    const namesNow = now.map(({ kid, x, y }) => `${kid} ${x} ${y}`).join('\n');
    if (namesNow !== names) [names, keys] = [namesNow, now];
    return keys;
  };
}

/** The key in use and those before it whose tokens may still live. */
export function ownKeys({ publicKey, retired }: SigningKey, now: number): PublicKey[] {
  return [publicKey, ...retired.filter(({ until }) => until > now).map(({ key }) => key)];
}
