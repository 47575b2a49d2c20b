import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as sdk from '../src/index.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const apis = Object.entries(sdk).filter(([name]) => name.endsWith('Api'));

test.each(['README.md', 'packages/client-sdk/README.md'])('%s names every API there is', (path) => {
  for (const [name] of apis) expect(read(path)).toContain(`\`${name}\``);
});

test.each(apis)('the page about TypeScript names all that %s does, and nothing else', (name, api) => {
  const row =
    new RegExp(`^\\| \`${name}\` \\|(.*)\\|$`, 'm').exec(read('docs/sdks/typescript.md'))?.[1] ?? '';
  const named = [...row.matchAll(/`(\w+)`/g)].map(([, method]) => method);
  const methods = Object.getOwnPropertyNames(api.prototype).filter((method) => method !== 'constructor');
  expect(named.sort()).toEqual(methods.sort());
});
