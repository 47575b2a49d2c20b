import type { ChildProcess, ProcessListener, ProcessOptions } from '../../../src/process/child-process.ts';

const handle = { pid: 4711, startTime: '1', mark: 'mark', folder: '/nowhere' };

/** A process that outlives the gateways that listen to it. Its output is a recording; its offset counts lines. */
export class PlayedProcess {
  /** All that was written to it, by whichever gateway. */
  readonly written: string[] = [];
  readonly #output: string[] = [];
  #offset = 0;
  #listener: ProcessListener | undefined;

  readonly spawn = ({ adopt }: ProcessOptions, listener: ProcessListener): ChildProcess => {
    const isHere = () => this.#listener === listener;
    const offset = () => this.#offset;
    this.#listener = listener;
    this.#offset = adopt?.offset ?? 0;
    return {
      pid: handle.pid,
      handle,
      get offset() {
        return offset();
      },
      writeLine: (line) => void (isHere() && this.written.push(line)),
      closeInput() {},
      stop: () => new Promise(() => {}),
    };
  };

  say(lines: readonly string[]): void {
    this.#output.push(...lines);
  }

  /** Tells the listener what it has not read yet, in one piece. */
  read(): void {
    const lines = this.#output.slice(this.#offset);
    this.#offset = this.#output.length;
    if (lines.length > 0) this.#listener?.onLines(lines);
  }
}
