import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';

/** What stands in a token, without a look at its signature; nothing where it is none. */
export function decodeToken(token: string): { header?: object; claims?: JWTPayload } {
  try {
    return { header: decodeProtectedHeader(token), claims: decodeJwt(token) };
  } catch {
    return {};
  }
}
