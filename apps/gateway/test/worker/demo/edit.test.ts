import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ofType } from '../../contracts/of-type.ts';
import { textOf } from '../../contracts/text-of.ts';
import { startDemo } from './start-demo.ts';

test('a file that is named is really edited, one line more each time, and its diff is told', async () => {
  await using demo = await startDemo();
  await demo.agent.turn('edit src/notes.txt buy milk');
  const events = await demo.agent.turn('edit src/notes.txt and tea');
  expect(readFileSync(join(demo.stateDir, '../src/notes.txt'), 'utf8')).toBe('buy milk\nand tea\n');
  expect(JSON.stringify(ofType(events, 'tool_result'))).toContain('buy milk\\nand tea\\n');
});

test('a file outside of its folder is left alone, and a word alone is no file', async () => {
  await using demo = await startDemo();
  for (const path of ['../outside.txt', '/outside.txt', '.'])
    expect(textOf(await demo.agent.turn(`edit ${path} x`))).toContain('not in the folder');
  expect(existsSync(join(demo.stateDir, '../../outside.txt'))).toBe(false);
  expect(textOf(await demo.agent.turn('edit something'))).toContain('The file is made up');
});
