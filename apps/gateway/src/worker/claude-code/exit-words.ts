import type { ExitWords } from '../worker-exit.ts';

/** What Claude Code says when it does not come up. */
export const exitWords: ExitWords = {
  title: 'Claude Code',
  remedies: [
    [
      /cannot be used with root/,
      'Claude Code refuses to skip permissions as root; run the gateway as another user or choose another permission mode',
    ],
    [/native binary not installed/, 'its install script did not run; install it again and allow its scripts'],
  ],
};
