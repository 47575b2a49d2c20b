import { createCipheriv, createDecipheriv } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
/** Of the number in front of every sealed message: enough for a million of them in every second of nine years. */
const numberBytes = 6;

/** What makes a message longer, bytes. */
export const sealBytes = numberBytes + tagBytes;

type Sealing = {
  key: Buffer;
  /** Whole, from 0. A key is used for one number once: two messages of one number give both away (NIST SP 800-38D, 8). */
  number: number;
  /** What the message is about, which the opener must know. */
  about?: string;
};

/** Makes parts, one after the other, unreadable and unchangeable for whoever has not the key. The number stays readable. */
export function seal(parts: readonly Uint8Array[], { key, number, about = '' }: Sealing): Buffer {
  const iv = ivOf(number);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes }).setAAD(Buffer.from(about));
  const sealed = parts.map((part) => cipher.update(part));
  return Buffer.concat([iv.subarray(ivBytes - numberBytes), ...sealed, cipher.final(), cipher.getAuthTag()]);
}

/** The number that a message bears, if it is one; whether that is true, opening it shows. */
export function numberOf(message: Buffer): number | undefined {
  return message.length < sealBytes ? undefined : message.readUIntBE(0, numberBytes);
}

/** What was sealed; undefined for what another key sealed, what is about something else, and what was changed. */
export function openSealed(
  message: Buffer,
  { key, about = '' }: Omit<Sealing, 'number'>,
): Buffer | undefined {
  const number = numberOf(message);
  if (number === undefined) return undefined;
  const end = message.length - tagBytes;
  const decipher = createDecipheriv(algorithm, key, ivOf(number), { authTagLength: tagBytes })
    .setAAD(Buffer.from(about))
    .setAuthTag(message.subarray(end));
  try {
    return Buffer.concat([decipher.update(message.subarray(numberBytes, end)), decipher.final()]);
  } catch {
    return undefined;
  }
}

function ivOf(number: number): Buffer {
  const iv = Buffer.alloc(ivBytes);
  iv.writeUIntBE(number, ivBytes - numberBytes, numberBytes);
  return iv;
}
