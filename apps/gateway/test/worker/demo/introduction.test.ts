import { expect, test } from 'vitest';
import { toIntroduction } from '../../../src/worker/demo/agent/introduction.ts';
import { scripts } from '../../../src/worker/demo/agent/scripts.ts';

test('an example with backticks is code as a whole', () => {
  expect(toIntroduction(scripts)).toContain('| `` permission `ls` `` |');
  expect(toIntroduction(scripts)).toContain('| `markdown` |');
});
