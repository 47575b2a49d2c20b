import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type TokenService = Disposable & {
  /** What a gateway needs to take its tokens. */
  env: { HOTPLEX_SECURITY_JWT_JWKS_FILE: string; HOTPLEX_SECURITY_JWT_ISSUER: string };
  /** Its key in PEM, for programs that sign themselves. */
  privateKey: string;
  /** A token that is good for five minutes, unless the claims say otherwise. */
  tokenOf(sub: string, claims?: Record<string, unknown>): string;
};

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Another service that signs tokens for a gateway; its public key is in a file that the gateway is given. */
export function openTokenService(): TokenService {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-service-'));
  const jwksFile = join(folder, 'jwks.json');
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'service-1', alg: 'ES256', use: 'sig' };
  writeFileSync(jwksFile, JSON.stringify({ keys: [key] }));
  const issuer = 'https://sso.example';
  return {
    env: { HOTPLEX_SECURITY_JWT_JWKS_FILE: jwksFile, HOTPLEX_SECURITY_JWT_ISSUER: issuer },
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }),
    tokenOf(sub, claims = {}) {
      const now = Math.floor(Date.now() / 1_000);
      const base = { iss: issuer, aud: 'hotplex-gateway', iat: now, exp: now + 300, jti: randomUUID() };
      const header = { alg: 'ES256', kid: 'service-1', typ: 'at+jwt' };
      const text = `${encode(header)}.${encode({ ...base, sub, ...claims })}`;
      const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${text}.${signature.toString('base64url')}`;
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}
