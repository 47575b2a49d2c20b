import type { ProcessHandle, SpawnProcess } from '../../../apps/gateway/src/process/child-process.ts';
import { LineReader } from '../../../apps/gateway/src/process/line-reader.ts';

const handle: ProcessHandle = { pid: 1, startTime: '1', mark: 'mark', folder: '/nowhere' };

/** Processes that are none: what they say is fed to them, as if it had been read from their output. */
export function createFedProcesses(): { spawn: SpawnProcess; feeds: ((chunk: Buffer) => void)[] } {
  const feeds: ((chunk: Buffer) => void)[] = [];
  return {
    feeds,
    spawn(_, listener) {
      const reader = new LineReader(1024 * 1024);
      feeds.push((chunk) => listener.onLines(reader.push(chunk)));
      return {
        ...{ pid: handle.pid, handle },
        get offset() {
          return reader.toldBytes;
        },
        writeLine() {},
        closeInput() {},
        stop: () => new Promise(() => {}),
      };
    },
  };
}
