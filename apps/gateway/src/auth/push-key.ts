import { createECDH, createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { z } from 'zod';
import { GatewayError } from '../ground/gateway-error.ts';
import { readPrivateFile } from './private-file.ts';
import type { PushKey } from './vapid-header.ts';

const stored = z.object({
  ...{ kty: z.literal('EC'), crv: z.literal('P-256') },
  ...{ x: z.string(), y: z.string(), d: z.string() },
});

/**
 * The key that push services know the gateway by (RFC 8292): made when it is first needed, readable by its user alone like
 * the signing key. Browsers that subscribed with it take messages of no other. Throws GatewayError.
 */
export function loadPushKey(file: string): PushKey {
  try {
    const jwk = stored.parse(JSON.parse(readPrivateFile(file, createKey)));
    const curve = createECDH('prime256v1');
    curve.setPrivateKey(jwk.d, 'base64url');
    return {
      privateKey: createPrivateKey({ key: jwk, format: 'jwk' }),
      publicKey: curve.getPublicKey('base64url'),
    };
  } catch (cause) {
    throw new GatewayError(
      'INTERNAL_ERROR',
      `the push key ${file} cannot be used: correct that, or remove the file to have a new one made; browsers then turn notifications on again`,
      { cause },
    );
  }
}

const createKey = () =>
  JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }));
