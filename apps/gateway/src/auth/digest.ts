import { sha256 } from '../ground/sha256.ts';

/** SHA-256 of a secret, as hex text: what is kept and compared in place of the secret itself. */
export function digest(secret: string): string {
  return sha256(secret);
}
