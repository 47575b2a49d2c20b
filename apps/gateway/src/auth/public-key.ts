import { createHash, createPublicKey } from 'node:crypto';
import { z } from 'zod';

/** A public ES256 key that may sign tokens. A private part is refused: it has no place where only checking happens. */
export const publicKey = z
  .object({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string(),
    y: z.string(),
    kid: z.string().min(1).max(128),
    alg: z.literal('ES256').optional(),
    use: z.literal('sig').optional(),
    d: z.never({ error: 'is the private half of a key' }).optional(),
  })
  .refine(isPointOnCurve, { error: 'is not a point of the curve' });

export type PublicKey = z.infer<typeof publicKey>;

function isPointOnCurve({ kty, crv, x, y }: { kty: string; crv: string; x: string; y: string }): boolean {
  try {
    createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}

/** A key's name made from the key itself (RFC 7638). */
export function thumbprint({ crv, kty, x, y }: Pick<PublicKey, 'crv' | 'kty' | 'x' | 'y'>): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}
