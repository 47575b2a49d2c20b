import { createHash } from 'node:crypto';

/** SHA-256 of a secret, as hex text: what is kept and compared in place of the secret itself. */
export function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
