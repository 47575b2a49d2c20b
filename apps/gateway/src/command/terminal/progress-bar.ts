/** What is needed of a terminal; where it is none, nothing is drawn. */
type Terminal = Pick<NodeJS.WriteStream, 'write'> & { isTTY?: boolean; columns?: number };

const eraseLine = '\r\x1b[K';

/** How far something is that takes its time, in one line of a terminal that is gone when it is over. */
export class ProgressBar {
  readonly #terminal: Terminal;
  readonly #label: string;
  #drawn = '';

  constructor(terminal: Terminal, label: string) {
    this.#terminal = terminal;
    this.#label = label;
  }

  /** From 0 to 1. */
  show(share: number): void {
    if (this.#terminal.isTTY !== true || process.env.TERM === 'dumb') return;
    const percent = `${Math.floor(Math.min(1, share) * 100)}%`.padStart(4);
    const width = Math.max(0, Math.min(40, (this.#terminal.columns ?? 80) - this.#label.length - 10));
    const done = Math.round(Math.min(1, share) * width);
    const line = `${this.#label} ${'█'.repeat(done)}${'░'.repeat(width - done)}${percent}`;
    if (line === this.#drawn) return;
    this.#drawn = line;
    this.#terminal.write(`${eraseLine}${line}`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.#drawn !== '') this.#terminal.write(eraseLine);
    this.#drawn = '';
  }
}
