import type { ProcessOptions, SpawnProcess } from '../../process/child-process.ts';

/**
 * Starts Pi as a branch of another conversation. If that is gone Pi ends before it reads anything; then it is started with
 * these arguments instead, for an empty conversation, which the handshake tells as lost.
 */
export function branchOrAnew(spawn: SpawnProcess, args: ProcessOptions['args']): SpawnProcess {
  return (options, listener) => {
    const written: string[] = [];
    let isUp = false;
    let process = spawn(options, {
      onLines(lines) {
        isUp = true;
        listener.onLines(lines);
      },
      onExit(exit) {
        const isGone = !isUp && exit.reason === 'exited' && /No session found/.test(exit.stderr);
        if (!isGone) return listener.onExit(exit);
        isUp = true;
        process = spawn({ ...options, args }, listener);
        for (const line of written) process.writeLine(line);
      },
    });
    return {
      get pid() {
        return process.pid;
      },
      get handle() {
        return process.handle;
      },
      get offset() {
        return process.offset;
      },
      writeLine(line) {
        if (!isUp) written.push(line);
        process.writeLine(line);
      },
      closeInput: () => process.closeInput(),
      stop: () => process.stop(),
    };
  };
}
