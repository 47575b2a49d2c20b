/** Beginnings of files by what they are, a byte for each character. */
const signatures: readonly (readonly [string, string])[] = [
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/gif', 'GIF87a'],
  ['image/gif', 'GIF89a'],
  ['application/pdf', '%PDF-'],
  ['application/zip', 'PK\x03\x04'],
  ['application/zip', 'PK\x05\x06'],
  ['application/gzip', '\x1f\x8b'],
];
const longestSignature = 12;

/** Control characters that are in texts: tab, line feed, form feed, carriage return, and the escape of coloured output. */
const ofTexts: ReadonlySet<number> = new Set([9, 10, 12, 13, 27]);

/** Says of a file what is in it, while it comes in; what its name or its sender says is not asked (F4). */
export class MediaTypeSniffer {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #head = '';
  #isText = true;

  push(chunk: Uint8Array): void {
    if (this.#head.length < longestSignature)
      this.#head += Buffer.from(chunk.subarray(0, longestSignature)).toString('latin1');
    this.#isText &&=
      !chunk.some((byte) => byte < 32 && !ofTexts.has(byte)) &&
      isUtf8(() => this.#decoder.decode(chunk, { stream: true }));
  }

  /** Call once, after the last chunk. */
  end(): string {
    const known = signatures.find(([, beginning]) => this.#head.startsWith(beginning));
    if (known) return known[0];
    if (this.#head.startsWith('RIFF') && this.#head.startsWith('WEBP', 8)) return 'image/webp';
    const isText = this.#isText && isUtf8(() => this.#decoder.decode());
    return isText ? 'text/plain' : 'application/octet-stream';
  }
}

function isUtf8(decode: () => string): boolean {
  try {
    decode();
    return true;
  } catch {
    return false;
  }
}
