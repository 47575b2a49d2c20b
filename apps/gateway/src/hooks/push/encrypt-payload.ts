import { createCipheriv, createECDH, createHmac, hkdfSync, randomBytes } from 'node:crypto';

type Receiver = {
  /** The browser's public key and its secret, base64url. */
  p256dh: string;
  auth: string;
};

/** Random for every message; tests give those of RFC 8291. */
export type Randomness = { privateKey: Buffer; salt: Buffer };

const keyBytes = 32;
const saltBytes = 16;
const recordBytes = 4_096;
/** Ends the last record, before which there may be no other (RFC 8188, section 2). */
const lastRecord = Buffer.from([2]);

/**
 * Encrypts a message for one browser, so that the service which carries it cannot read it (RFC 8291, in the coding of RFC
 * 8188). Written here because it is a page of Node's own cryptography, which the example of the RFC proves; the library
 * for it would bring five more. Throws Error for a key that is none.
 */
export function encryptPayload(payload: string, { p256dh, auth }: Receiver, random?: Randomness): Buffer {
  const own = createECDH('prime256v1');
  if (random) own.setPrivateKey(random.privateKey);
  else own.generateKeys();
  const salt = random?.salt ?? randomBytes(saltBytes);
  const receiverKey = Buffer.from(p256dh, 'base64url');
  const ownKey = own.getPublicKey();
  const agreed = createHmac('sha256', Buffer.from(auth, 'base64url'))
    .update(own.computeSecret(receiverKey))
    .digest();
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), receiverKey, ownKey, Buffer.from([1])]);
  const secret = createHmac('sha256', agreed).update(info).digest();
  const derive = (name: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, `Content-Encoding: ${name}\0`, bytes));
  const cipher = createCipheriv('aes-128-gcm', derive('aes128gcm', keyBytes / 2), derive('nonce', 12));
  const sealed = [cipher.update(Buffer.concat([Buffer.from(payload), lastRecord])), cipher.final()];
  const header = Buffer.alloc(saltBytes + 5);
  salt.copy(header);
  header.writeUInt32BE(recordBytes, saltBytes);
  header.writeUInt8(ownKey.length, saltBytes + 4);
  return Buffer.concat([header, ownKey, ...sealed, cipher.getAuthTag()]);
}
