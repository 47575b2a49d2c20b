import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { DemoLine } from '../messages.ts';

/** What the agent says, one line each, in order. */
export interface Output {
  write(line: DemoLine): void;
  /** Writes many lines at once and resolves when the reader has room for more. */
  writeAll(lines: readonly DemoLine[]): Promise<void>;
  /** Resolves when everything has left this process. */
  flush(): Promise<void>;
}

export function createOutput(stream: Writable): Output {
  return {
    write: (line) => void stream.write(`${JSON.stringify(line)}\n`),
    async writeAll(lines) {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      if (!stream.write(text)) await once(stream, 'drain');
    },
    flush: () => new Promise((resolve) => stream.write('', () => resolve())),
  };
}
