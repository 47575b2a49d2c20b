import { sha1 } from './sha1.ts';

/** The DNS namespace of RFC 9562, which the reference gateway uses for its session ids. */
const dnsNamespace = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

/** What makes two requests mean the same conversation. */
export type SessionKey = { owner: string; workerType: string; clientKey: string; workDir: string };

/** UUID version 5 of a name in a namespace. */
export function uuidV5(namespace: string, name: string): string {
  const prefix = Uint8Array.from(namespace.replaceAll('-', '').match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  );
  const bytes = sha1(Uint8Array.of(...prefix, ...new TextEncoder().encode(name))).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The id of a conversation: the same owner, worker, client key and directory give the same session. */
export function deriveSessionId({ owner, workerType, clientKey, workDir }: SessionKey): string {
  return uuidV5(dnsNamespace, `${owner}|${workerType}|${clientKey}|${workDir}`);
}
