import type { ClusterKeys } from './cluster-keys.ts';
import { numberOf, openSealed, seal } from './numbered-seal.ts';

/** A short sealed text that says which life wrote it. */
export type Letter = {
  from: string;
  /** Counts up over all letters of that life. */
  number: number;
  text: string;
};

/** Lives are UUIDs. */
const lifeLength = 36;
const purpose = 'letters';

/** What one life writes; numbers and key are its own, so no two letters of the cluster share both. */
export class Letters {
  readonly #life: string;
  readonly #key: Buffer;
  #number = 0;

  constructor(keys: ClusterKeys, life: string) {
    this.#life = life;
    this.#key = keys.derive(purpose, life);
  }

  /** `about` says where and what for: it can be read as nothing else. */
  write(about: string, text: string): Buffer {
    this.#number += 1;
    const sealed = seal([Buffer.from(text)], { key: this.#key, number: this.#number, about });
    return Buffer.concat([Buffer.from(this.#life, 'latin1'), sealed]);
  }
}

/** A letter about this; undefined for what nobody of this cluster wrote about it. */
export function readLetter(bytes: Uint8Array, about: string, keys: ClusterKeys): Letter | undefined {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = whole.toString('latin1', 0, lifeLength);
  const sealed = whole.subarray(lifeLength);
  const number = numberOf(sealed);
  if (number === undefined) return undefined;
  const text = openSealed(sealed, { key: keys.derive(purpose, from), about })?.toString();
  return text === undefined ? undefined : { from, number, text };
}
