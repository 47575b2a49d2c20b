import type { Exit } from './worker.ts';

/** How far the worker was when its process ended. */
export type Phase = 'starting' | 'too-slow' | 'ready' | 'stopping';

export type ExitWords = {
  /** The agent's name, for people. */
  title: string;
  /** What its last words mean, and what to do about it. */
  remedies: readonly (readonly [said: RegExp, remedy: string])[];
  /** Lines of stderr that are never the cause. */
  noise?: RegExp;
};

/** The end of a process as the end of a worker: what ends before it is up has failed to start, in its own last words. */
export function toWorkerExit(exit: Exit, phase: Phase, { title, remedies, noise }: ExitWords): Exit {
  switch (phase) {
    case 'ready':
      return exit;
    case 'stopping':
      return exit.reason === 'exited' ? { ...exit, reason: 'stopped' } : exit;
    case 'too-slow':
      return { ...exit, reason: 'start-failed', message: `${title} did not get ready in time` };
    case 'starting': {
      // The gateway ended it, or could not start it, and said why.
      if (exit.message !== undefined) return exit;
      const remedy = remedies.find(([said]) => said.test(exit.stderr))?.[1];
      const words = exit.stderr
        .trim()
        .split('\n')
        .findLast((line) => !noise?.test(line));
      const end = exit.signal ? `was ended by ${exit.signal}` : `ended with code ${exit.code}`;
      const message = remedy ?? `${title} ${end} before it was ready${words ? `: ${words}` : ''}`;
      return { ...exit, reason: 'start-failed', message };
    }
  }
}
