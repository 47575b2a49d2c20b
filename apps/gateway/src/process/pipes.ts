import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Clock } from '../ground/clock.ts';
import type { Stdio, StdioListener } from './stdio.ts';

/** How long the output is still read after the process ended while a grandchild holds it open. */
export const drainMs = 1_000;

/** Pipes: they end with the gateway. */
export class Pipes implements Stdio {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #clock: Clock;

  /** `input`: all that the process is ever told. */
  constructor(
    child: ChildProcessWithoutNullStreams,
    { clock, input }: { clock: Clock; input: string | undefined },
  ) {
    this.#child = child;
    this.#clock = clock;
    if (input !== undefined) child.stdin.end(input);
  }

  listen({ onOutput, onError }: StdioListener): void {
    const { stdin, stdout, stderr } = this.#child;
    stdout.on('data', onOutput);
    stderr.on('data', onError);
    // A broken pipe is no failure of its own: the exit, which is on its way, tells what happened.
    for (const pipe of [stdin, stdout, stderr]) pipe.on('error', () => {});
  }

  write(line: string): void {
    const { stdin } = this.#child;
    if (stdin.writable) stdin.write(`${line}\n`);
  }

  closeInput(): undefined {
    this.#child.stdin.end();
  }

  lookForLoss(): void {}

  async settle(): Promise<void> {
    const outputs = [this.#child.stdout, this.#child.stderr];
    const patience = this.#clock.after(drainMs, () => {
      for (const output of outputs) output.destroy();
    });
    const closed = outputs.map((output) => {
      return new Promise<void>((resolve) =>
        output.closed ? resolve() : output.once('close', () => resolve()),
      );
    });
    await Promise.all(closed);
    patience.cancel();
  }

  async finish(): Promise<void> {}
}
