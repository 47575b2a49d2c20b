import type { Clock } from '../../ground/clock.ts';
import type { ChildProcess, Exit, SpawnProcess } from '../../process/child-process.ts';
import type { SendHook } from './send.ts';

type ProgramOptions = {
  spawn: SpawnProcess;
  /** The environment of the program; nothing is added but what the event is. */
  environment: Readonly<Record<string, string>>;
  cwd: string;
  /** Milliseconds. */
  timeoutMs: number;
  clock: Clock;
};

/** Tells programs of this machine: the message is their input, and an exit code other than 0 means that they did not take it. */
export function createSendToProgram({ spawn, environment, cwd, timeoutMs, clock }: ProgramOptions): SendHook {
  return async ({ command = [] }, { sessionId, eventId, message }) => {
    const [file = '', ...args] = command;
    const env = { ...environment, HOTPLEX_EVENT_ID: eventId, HOTPLEX_SESSION_ID: sessionId };
    const { promise, resolve } = Promise.withResolvers<Exit>();
    const listener = { onLines() {}, onExit: resolve };
    const program: ChildProcess = spawn({ file, args, cwd, env, stdin: `${message}\n` }, listener);
    let late = false;
    const patience = clock.after(timeoutMs, () => {
      late = true;
      void program.stop();
    });
    const exit = await promise;
    patience.cancel();
    if (late) return { taken: false, problem: `it ran longer than ${timeoutMs} ms`, final: false };
    return exit.reason === 'exited' && exit.code === 0
      ? { taken: true }
      : { taken: false, problem: wordsOf(exit), final: false };
  };
}

function wordsOf({ reason, code, signal, message, stderr }: Exit): string {
  if (reason === 'start-failed') return message ?? 'it cannot be started';
  const end = signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`;
  const last = stderr.trim().split('\n').at(-1);
  return last ? `${end}: ${last}` : end;
}
