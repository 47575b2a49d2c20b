import type { Exit } from '../../process/child-process.ts';
import { install } from './find-pi.ts';

/** How far the worker was when its process ended. */
export type Phase = 'starting' | 'too-slow' | 'ready' | 'stopping';

const remedies: readonly [RegExp, string][] = [
  [/enableCompileCache|SyntaxError/, 'Pi needs Node 22.19 or newer as `node` in PATH'],
  [/Unknown option|unknown flag/i, `this version of Pi lacks an option that is needed; ${install}`],
];

/** The end of a process as the end of a worker: what ends before it is up has failed to start, in Pi's own last words. */
export function toWorkerExit(exit: Exit, phase: Phase): Exit {
  switch (phase) {
    case 'ready':
      return exit;
    case 'stopping':
      return exit.reason === 'exited' ? { ...exit, reason: 'stopped' } : exit;
    case 'too-slow':
      return { ...exit, reason: 'start-failed', message: 'Pi did not get ready in time' };
    case 'starting': {
      if (exit.reason === 'start-failed' || exit.reason === 'output-limit') return exit;
      const remedy = remedies.find(([pattern]) => pattern.test(exit.stderr))?.[1];
      const lines = exit.stderr.trim().split('\n');
      const words = lines.findLast((line) => !/^(Warning|Hint):/.test(line));
      const end = exit.signal ? `was ended by ${exit.signal}` : `ended with code ${exit.code}`;
      const message = remedy ?? `Pi ${end} before it was ready${words ? `: ${words}` : ''}`;
      return { ...exit, reason: 'start-failed', message };
    }
  }
}
