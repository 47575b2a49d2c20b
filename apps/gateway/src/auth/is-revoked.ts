import type { Identity } from './identity.ts';

/** What was ended before its time, as it is now: commands change it while the gateway runs. */
export type Revocations = {
  isRevoked(jti: string): boolean;
  revokedUntil(subject: string): number | undefined;
};

/** Whether what somebody came in with was ended: by itself, or with everything that its user had by then (J8). */
export function isRevoked(
  { subject, tokenId, signedInAt }: Pick<Identity, 'subject' | 'tokenId' | 'signedInAt'>,
  revocations: Revocations,
): boolean {
  if (tokenId !== null && revocations.isRevoked(tokenId)) return true;
  const until = signedInAt === null ? undefined : revocations.revokedUntil(subject);
  return until !== undefined && signedInAt !== null && signedInAt <= until;
}
