import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { StartError } from '../ground/start-error.ts';
import { readPrivateFile } from './private-file.ts';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** Makes text unreadable for whoever has not the key. */
export type Seal = {
  seal(text: string): string;
  /** Undefined for what another key sealed, or what was changed. */
  open(sealed: string): string | undefined;
};

/** Seals with the key of a file, which is made once and readable by its user alone. Throws StartError. */
export const openSeal = (file: string): Seal => createSeal(readKey(file));

/** Seals with a key of 256 bits. */
export function createSeal(key: Buffer): Seal {
  return {
    seal(text) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes });
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      try {
        const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes), {
          authTagLength: tagBytes,
        });
        decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        const body = decipher.update(bytes.subarray(ivBytes + tagBytes));
        return Buffer.concat([body, decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}

function readKey(file: string): Buffer {
  try {
    const key = Buffer.from(
      readPrivateFile(file, () => randomBytes(32).toString('hex')),
      'hex',
    );
    if (key.length !== 32) throw new Error('it is not 64 hexadecimal digits');
    return key;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(
      `the key ${file} cannot be used (${reason}): correct that, or remove the file to have a new one made; what it sealed can then not be put back`,
      { cause },
    );
  }
}
