import type { AepChunk, AepData } from '../ui-message.ts';
import type { StepWriter } from './step-writer.ts';

type DataName = keyof AepData & string;

/** What has no kind of part in the AI SDK: data parts, and data that only `onData` hears of. */
export class DataParts {
  readonly #writer: StepWriter;
  readonly #steps = new Map<string, AepData['step']>();

  constructor(writer: StepWriter) {
    this.#writer = writer;
  }

  /** One with the same name and id is replaced in place. */
  put<N extends DataName>(name: N, id: string, data: AepData[N]): void {
    this.#writer.write(`data-${name}:${id}`, { type: `data-${name}`, id, data } as AepChunk);
  }

  tell<N extends DataName>(name: N, data: AepData[N]): void {
    this.#writer.writeAside({ type: `data-${name}`, id: name, data, transient: true } as AepChunk);
  }

  /** Gathers what is told of a step: its end need not repeat its name. */
  step(data: AepData['step']): void {
    const step = { ...this.#steps.get(data.id), ...data };
    this.#steps.set(data.id, step);
    this.put('step', data.id, step);
  }
}
