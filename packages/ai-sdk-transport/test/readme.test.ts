import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as transport from '../src/index.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const readme = read('README.md');
const blocks = [...readme.matchAll(/^```tsx?\n(.*?)^```$/gms)].map(([, code]) => code);

// NOTE: the type check of this package covers `examples`, and tests/gateway/transport-example.test.ts runs ask.ts.
test.each(['examples/agent-chat.tsx', 'examples/ask.ts'])('shows %s as it compiles', (path) => {
  expect(blocks).toContain(read(path));
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
