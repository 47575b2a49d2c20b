import type { Exit } from '../../process/child-process.ts';

const remedies: readonly [RegExp, string][] = [
  [
    /cannot be used with root/,
    'Claude Code refuses to skip permissions as root; run the gateway as another user or choose another permission mode',
  ],
  [/native binary not installed/, 'its install script did not run; install it again and allow its scripts'],
];

/** An exit before the CLI was up: a failed start, with the CLI's own last words. */
export function toStartFailure(exit: Exit): Exit {
  if (exit.reason === 'start-failed' || exit.reason === 'output-limit') return exit;
  const remedy = remedies.find(([pattern]) => pattern.test(exit.stderr))?.[1];
  const words = exit.stderr.trim().split('\n').at(-1);
  const end = exit.signal ? `was ended by ${exit.signal}` : `ended with code ${exit.code}`;
  const message = remedy ?? `Claude Code ${end} before it was ready${words ? `: ${words}` : ''}`;
  return { ...exit, reason: 'start-failed', message };
}
