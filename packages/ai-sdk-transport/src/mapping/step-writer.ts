import type { AepChunk } from '../ui-message.ts';
import { appendChunk, type PartRecord } from './part-record.ts';

/**
 * Collects the chunks of a turn and keeps the parts of its current step, so that some can be taken back:
 * `reset-step` drops the whole step, and those that stay are written again.
 */
export class StepWriter {
  #out: AepChunk[] = [];
  #parts: PartRecord[] = [];
  readonly #newest = new Map<string, PartRecord>();
  readonly #earlier = new Set<string>();
  #stepIsOver = false;

  /** Writes a chunk of the part `key`. One that begins a part goes to a new step if the last one is over. */
  write(key: string, chunk: AepChunk): void {
    if (beginsPart(chunk) || !this.knows(key)) {
      if (this.#stepIsOver) this.#nextStep();
      const part = { key, chunks: [chunk] };
      this.#parts.push(part);
      this.#newest.set(key, part);
    } else {
      const part = this.#newest.get(key);
      if (part) appendChunk(part.chunks, chunk);
    }
    this.#out.push(chunk);
  }

  /** Writes a chunk that makes no part. */
  writeAside(...chunks: AepChunk[]): void {
    this.#out.push(...chunks);
  }

  knows(key: string): boolean {
    return this.#newest.has(key) || this.#earlier.has(key);
  }

  isInStep(key: string): boolean {
    return this.#newest.has(key);
  }

  /** The next part begins a new step. */
  endStep(): void {
    this.#stepIsOver = this.#parts.length > 0;
  }

  /** Takes parts back. Returns the keys that could not be: they are in an earlier step. */
  retract(keys: readonly string[]): string[] {
    const gone = new Set(keys);
    const kept = this.#parts.filter(({ key }) => !gone.has(key));
    if (kept.length < this.#parts.length) {
      this.#parts = kept;
      for (const key of keys) this.#newest.delete(key);
      this.#out.push({ type: 'reset-step' }, ...kept.flatMap(({ chunks }) => chunks));
    }
    return keys.filter((key) => this.#earlier.has(key));
  }

  /** The chunks written since the last call. */
  take(): AepChunk[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }

  #nextStep(): void {
    for (const { key } of this.#parts) this.#earlier.add(key);
    this.#parts = [];
    this.#newest.clear();
    this.#stepIsOver = false;
    this.#out.push({ type: 'finish-step' }, { type: 'start-step' });
  }
}

/** Text may begin again under an id that was used before; every other part is written once and then changed. */
function beginsPart({ type }: AepChunk): boolean {
  return type === 'text-start' || type === 'reasoning-start';
}
