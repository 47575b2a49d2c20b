import type { Clock } from '../ground/clock.ts';
import type { Ids } from '../ground/ids.ts';
import { digest } from './digest.ts';

const lifetimeMs = 60 * 60_000;

/** The code of the link that signs one browser in, of which only the digest is remembered. */
export type SignInCode = { digest: string; expiresAt: number };

export type SignInCodeStore = {
  /** The one before is void. */
  saveSignInCode(code: SignInCode): void;
  /** Takes it out: it is used once. Undefined if it is unknown. */
  takeSignInCode(digest: string): SignInCode | undefined;
};

/** A new one-time code of 192 bits, good for an hour; the one before is void, whoever made it. */
export function newSignInCode({
  store,
  ids,
  clock,
}: {
  store: Pick<SignInCodeStore, 'saveSignInCode'>;
  ids: Ids;
  clock: Clock;
}): string {
  const code = ids.secret(24);
  store.saveSignInCode({ digest: digest(code), expiresAt: clock.now() + lifetimeMs });
  return code;
}

/** The link for it to the web chat that is at `base`. */
export function toSignInLink(base: string, code: string): string {
  const link = new URL(base);
  // After the #, which no server and no log of one gets to see.
  link.hash = `code=${code}`;
  return link.href;
}
