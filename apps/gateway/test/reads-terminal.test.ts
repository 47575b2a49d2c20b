import { expect, test } from 'vitest';
import { readsTerminal } from '../src/reads-terminal.ts';

const stat = (group: number, foreground: number) =>
  `7 (a (b) c) S 1 ${group} 5 34816 ${foreground} 4194304 1 2`;

test.each([
  ['in the foreground', true, stat(7, 7), true],
  ['in the background', true, stat(7, 5), false],
  ['without a terminal', false, stat(7, 7), false],
  ['where there is no /proc', true, null, true],
])('a gateway %s', (_, isTTY, ownStat, expected) => {
  expect(readsTerminal({ isTTY }, ownStat)).toBe(expected);
});
