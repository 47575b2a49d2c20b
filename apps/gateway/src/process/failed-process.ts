import type { ChildProcess, Exit, ProcessListener } from './child-process.ts';

/** A process that could not be started: it does nothing, and tells its exit as soon as `message` is known. */
export function createFailedProcess(message: Promise<string>, listener: ProcessListener): ChildProcess {
  const gone = message.then((text): Exit => {
    return { reason: 'start-failed', code: null, signal: null, message: text, stderr: '' };
  });
  void gone.then((exit) => listener.onExit(exit));
  return { pid: undefined, handle: undefined, offset: 0, writeLine() {}, closeInput() {}, stop: () => gone };
}
