import type { Identity } from './identity.ts';

/** What was ended before its time, as it is now: commands change it while the gateway runs. */
export type Revocations = {
  /** Whether one of these was. */
  isRevoked(...ids: readonly string[]): boolean;
  revokedUntil(subject: string): number | undefined;
};

/** Whether what somebody came in with was ended: by itself, or with everything that its user had by then (J8). */
export function isRevoked(
  { subject, tokenId, signedInAt }: Pick<Identity, 'subject' | 'tokenId' | 'signedInAt'>,
  revocations: Revocations,
): boolean {
  if (signedInAt === null) return tokenId !== null && revocations.isRevoked(tokenId);
  const signIn = signInIdOf({ subject, signedInAt });
  if (revocations.isRevoked(...(tokenId === null ? [] : [tokenId]), signIn)) return true;
  const until = revocations.revokedUntil(subject);
  return until !== undefined && signedInAt <= until;
}

/**
 * By which a sign-in is revoked, and with it all tokens that came of it. Blanks are in no token’s own id. A user who signs
 * in twice in one millisecond has one sign-in.
 */
export const signInIdOf = ({ subject, signedInAt }: { subject: string; signedInAt: number }): string =>
  `sign-in ${subject} ${signedInAt}`;
