import { expect, test } from 'vitest';
import { createChanges } from '../../lib/changes.ts';
import { codeLanguageOf } from '../../lib/code-language-of.ts';
import { colourLines } from '../../lib/colour-lines.ts';
import { toWorkDirPath } from '../../lib/work-dir-path.ts';

test.each([
  ['/project/src/a.ts', 'src/a.ts'],
  ['src/a.ts', 'src/a.ts'],
  ['./src/a.ts', 'src/a.ts'],
  ['/project', undefined],
  ['/projects/a.ts', undefined],
  ['/etc/passwd', undefined],
  ['../a.ts', undefined],
  ['/project/../etc/passwd', undefined],
  ['', undefined],
])('%s is in the work directory as %s', (path, inside) => {
  expect(toWorkDirPath(path, '/project')).toBe(inside);
  expect(toWorkDirPath(path, '/project/')).toBe(inside);
});

test('a file of a machine with drives is found as well', () => {
  expect(toWorkDirPath('C:\\work\\src\\a.ts', 'C:\\work')).toBe('src/a.ts');
});

test.each([
  ['src/a.ts', 'typescript'],
  ['a.test.mjs', 'javascript'],
  ['Dockerfile', 'docker'],
  ['deploy/Dockerfile.dev', 'docker'],
  ['README.md', 'markdown'],
  ['go', undefined],
  ['a.unknown', undefined],
])('%s is written in %s', (path, language) => {
  expect(codeLanguageOf(path)).toBe(language);
});

test('each line has its colours, for the light and for the dark, and the same words', async () => {
  const text = "const tea = 'green';\n\n// enough\n";
  const lines = await colourLines(text, 'typescript');
  expect(lines.map((line) => line.map((piece) => piece.text).join('')).join('\n')).toBe(text);
  const word = lines[0]?.find((piece) => piece.text.includes('const'));
  expect(word).toMatchObject({ light: expect.stringMatching(/^#/), dark: expect.stringMatching(/^#/) });
  expect(word?.light).not.toBe(word?.dark);
});

test('a file takes the place of the changes until these are asked for', async () => {
  const changes = createChanges({ list: () => new Promise(() => {}) });
  changes.openFile('s', { path: 'a.ts', line: 3 });
  expect(changes.of('s').get()).toMatchObject({ isOpen: true, file: { path: 'a.ts', line: 3 } });
  changes.open('s');
  expect(changes.of('s').get()).toMatchObject({ isOpen: true, file: undefined });
  changes.openFile('s', { path: 'a.ts', line: undefined });
  changes.close('s');
  expect(changes.of('s').get()).toMatchObject({ isOpen: false, file: undefined });
});
