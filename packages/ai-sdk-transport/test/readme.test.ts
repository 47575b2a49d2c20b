import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as transport from '../src/index.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const readme = read('README.md');
const blocks = [...readme.matchAll(/^```tsx?\n(.*?)^```$/gms)].map(([, code]) => code);

// NOTE: tests/browser/transport-examples.test.ts builds the examples and drives them.
test('shows a chat as it compiles', () => {
  expect(blocks).toContain(read('examples/vite-react/src/chat.tsx'));
});

test('names every data part, and only those there are', () => {
  const source = read('src/ui-message.ts');
  const type = /export type AepData = \{(.*?)^\};/ms.exec(source)?.[1] ?? '';
  const parts = [...type.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => `data-${name}`);
  const named = [...readme.matchAll(/`(data-\w+)`/g)].map(([, name]) => name);
  expect([...new Set(named)].sort()).toEqual(parts.sort());
});

test('names only methods there are', () => {
  const methods = [...readme.matchAll(/`transport\.(\w+)\(/g)].map(([, name]) => name ?? '');
  expect(methods.length).toBeGreaterThan(0);
  for (const name of methods) expect(transport.AepChatTransport.prototype).toHaveProperty(name);
});
