const rotate = (value: number, bits: number) => (value << bits) | (value >>> (32 - bits));

/** SHA-1 of some bytes, synchronous and the same in every runtime. For UUIDv5 only, never for security (FIPS 180-4). */
export function sha1(message: Uint8Array): Uint8Array {
  const length = ((message.length + 8) >> 6) + 1;
  const words = new Int32Array(length * 16);
  message.forEach((byte, index) => {
    words[index >> 2] = (words[index >> 2] ?? 0) | (byte << (24 - (index % 4) * 8));
  });
  words[message.length >> 2] = (words[message.length >> 2] ?? 0) | (0x80 << (24 - (message.length % 4) * 8));
  words[length * 16 - 1] = message.length * 8;

  const hash = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const schedule = new Int32Array(80);
  for (let block = 0; block < words.length; block += 16) {
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = hash;
    for (let i = 0; i < 80; i++) {
      const at = (offset: number) => schedule[i - offset] ?? 0;
      schedule[i] = i < 16 ? (words[block + i] ?? 0) : rotate(at(3) ^ at(8) ^ at(14) ^ at(16), 1);
      const [mix, constant] =
        i < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : i < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : i < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6];
      const next = (rotate(a, 5) + mix + e + constant + (schedule[i] ?? 0)) | 0;
      e = d;
      d = c;
      c = rotate(b, 30);
      b = a;
      a = next;
    }
    [a, b, c, d, e].forEach((value, index) => {
      hash[index] = ((hash[index] ?? 0) + value) | 0;
    });
  }
  const bytes = new Uint8Array(20);
  hash.forEach((word, index) => {
    new DataView(bytes.buffer).setInt32(index * 4, word);
  });
  return bytes;
}
