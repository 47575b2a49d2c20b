import { expect, test } from 'vitest';
import { en } from '../../lib/texts/en.ts';
import { zh } from '../../lib/texts/zh.ts';
import { toForkTitle } from '../../lib/to-fork-title.ts';

const languages = [en, zh].map((texts) => texts.sessions.forkTitle);

test('the title of a fork of a fork says once that it is one, whichever language named the first', () => {
  for (const first of languages) {
    for (const second of languages) {
      expect(toForkTitle(toForkTitle('Kettle', first), second)).toBe(second('Kettle'));
      expect(toForkTitle(first(first('Kettle')), second)).toBe(second('Kettle'));
    }
  }
});

test('words of the title itself stay', () => {
  expect(toForkTitle('The Fork of the road', en.sessions.forkTitle)).toBe('Fork of The Fork of the road');
});
