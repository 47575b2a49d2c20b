import type { ExitWords } from '../worker-exit.ts';
import { install } from './find-pi.ts';

/** What Pi says when it does not come up. */
export const exitWords: ExitWords = {
  title: 'Pi',
  remedies: [
    [/enableCompileCache|SyntaxError/, 'Pi needs Node 22.19 or newer as `node` in PATH'],
    [/Unknown option|unknown flag/i, `this version of Pi lacks an option that is needed; ${install}`],
  ],
  noise: /^(Warning|Hint):/,
};
