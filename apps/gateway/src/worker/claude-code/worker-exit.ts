import type { Exit } from '../../process/child-process.ts';

/** How far the worker was when its process ended. */
export type Phase = 'starting' | 'too-slow' | 'ready' | 'stopping';

const remedies: readonly [RegExp, string][] = [
  [
    /cannot be used with root/,
    'Claude Code refuses to skip permissions as root; run the gateway as another user or choose another permission mode',
  ],
  [/native binary not installed/, 'its install script did not run; install it again and allow its scripts'],
];

/** The end of a process as the end of a worker: what ends before it is up has failed to start, in the CLI's own last words. */
export function toWorkerExit(exit: Exit, phase: Phase): Exit {
  switch (phase) {
    case 'ready':
      return exit;
    case 'stopping':
      return exit.reason === 'exited' ? { ...exit, reason: 'stopped' } : exit;
    case 'too-slow':
      return { ...exit, reason: 'start-failed', message: 'Claude Code did not get ready in time' };
    case 'starting': {
      if (exit.reason === 'start-failed' || exit.reason === 'output-limit') return exit;
      const remedy = remedies.find(([pattern]) => pattern.test(exit.stderr))?.[1];
      const words = exit.stderr.trim().split('\n').at(-1);
      const end = exit.signal ? `was ended by ${exit.signal}` : `ended with code ${exit.code}`;
      const message = remedy ?? `Claude Code ${end} before it was ready${words ? `: ${words}` : ''}`;
      return { ...exit, reason: 'start-failed', message };
    }
  }
}
