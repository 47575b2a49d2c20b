import type { Exit } from '../../process/child-process.ts';

/** How far the worker was when its process ended. `failed`: it was ended because the agent could not be used. */
export type Phase =
  | { is: 'starting' | 'open' | 'stopping' }
  | { is: 'too-slow'; seconds: number }
  | { is: 'failed'; message: string };

/** The end of a process as the end of a worker: what ends before it is up has failed to start, and says why. */
export function toWorkerExit(exit: Exit, phase: Phase, title: string): Exit {
  switch (phase.is) {
    case 'open':
      return exit;
    case 'stopping':
      return exit.reason === 'exited' ? { ...exit, reason: 'stopped' } : exit;
    case 'too-slow':
      return failed(exit, `${title} did not get ready in ${phase.seconds} s`);
    case 'failed':
      return failed(exit, `${title} could not begin: ${phase.message}`);
    case 'starting': {
      // The gateway ended it, or could not start it, and said why.
      if (exit.message !== undefined) return exit;
      const words = exit.stderr.trim().split('\n').at(-1);
      const end = exit.signal ? `was ended by ${exit.signal}` : `ended with code ${exit.code}`;
      return failed(exit, `${title} ${end} before it was ready${words ? `: ${words}` : ''}`);
    }
  }
}

function failed(exit: Exit, message: string): Exit {
  return { ...exit, reason: 'start-failed', message };
}
