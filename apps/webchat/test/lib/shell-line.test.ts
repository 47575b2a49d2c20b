import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellLine } from '../../lib/shell-line.ts';

test('a shell reads the line as the folder and the words it was made of', () => {
  expect(shellLine('/home/ada/tea', ['claude', '--resume', 'a-1'])).toBe(
    'cd /home/ada/tea && claude --resume a-1',
  );
  const words = ["it's", '$HOME', '`id`', 'a b', '"', '\\', ''];
  const line = shellLine('/', ['printf', '%s|', ...words]);
  expect(execFileSync('/bin/sh', ['-c', line], { encoding: 'utf8' })).toBe(
    words.map((word) => `${word}|`).join(''),
  );
});
