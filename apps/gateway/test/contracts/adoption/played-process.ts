import type { ChildProcess, ProcessListener, ProcessOptions } from '../../../src/process/child-process.ts';

const handle = { pid: 4711, startTime: '1', mark: 'mark', folder: '/nowhere' };

type End = { code: number; stderr: string };

/**
 * A process that outlives the gateways that listen to it, and another behind it if one is started. Its output is a
 * recording; its offset counts lines.
 */
export class PlayedProcess {
  /** All that was written to it, by whichever gateway. */
  readonly written: string[] = [];
  #output: string[] = [];
  #offset = 0;
  #end: End | undefined;
  /** Whether it was started by an earlier gateway than the one that listens: then nobody learns its exit code. */
  #isAdopted = false;
  #listener: ProcessListener | undefined;

  readonly spawn = ({ adopt, stdin }: ProcessOptions, listener: ProcessListener): ChildProcess => {
    const isHere = () => this.#listener === listener;
    const offset = () => this.#offset;
    this.#listener = listener;
    this.#offset = adopt?.offset ?? 0;
    this.#isAdopted = adopt !== undefined;
    if (!adopt) this.#output = [];
    if (stdin !== undefined) this.written.push(stdin);
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

  /** It has said its last word. */
  end(end: End): void {
    this.#end = end;
  }

  /** Tells the listener what it has not read yet, in one piece. */
  read(): void {
    const lines = this.#output.slice(this.#offset);
    this.#offset = this.#output.length;
    if (lines.length > 0) this.#listener?.onLines(lines);
    const end = this.#end;
    if (!end) return;
    this.#end = undefined;
    const code = this.#isAdopted ? null : end.code;
    this.#listener?.onExit({ ...end, reason: 'exited', code, signal: null });
  }
}
