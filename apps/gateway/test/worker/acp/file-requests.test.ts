import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readTextFile, toFileWrite, writeTextFile } from '../../../src/worker/acp/file-requests.ts';
import cases from '../../cases/path-cases.json' with { type: 'json' };
import { growPathTree } from '../../support/path-tree.ts';

const tree = growPathTree();
afterAll(() => tree[Symbol.dispose]());
const { root, proj: workDir } = tree;

/** An agent's request for a file; the protocol wants absolute paths, so relative ones are put behind the work dir, as they are. */
async function ask(op: string, path: unknown): Promise<'allow' | 'deny'> {
  const asked = typeof path === 'string' && !path.startsWith('/') ? `${workDir}/${path}` : path;
  const done: Promise<unknown> =
    op === 'read' ? readTextFile({ path: asked }, { workDir }) : write({ path: asked, content: 'new' });
  return done.then(
    () => 'allow',
    () => 'deny',
  );
}

async function write(params: { path: unknown; content: string }) {
  await writeTextFile(toFileWrite(params, { workDir }), { workDir });
}

/** Nothing outside of the work dir was made or changed. */
function expectUntouched() {
  expect(readFileSync(join(root, 'outside/secret.txt'), 'utf8')).toBe('SECRET');
  expect(existsSync(join(root, 'outside/new.txt'))).toBe(false);
  expect(existsSync(join(root, 'outside/created.txt'))).toBe(false);
}

// Protected names are the policy's, and URLs are decoded by those who get them.
const fileCases = cases.cases.filter(({ kind, class: of }) => kind === 'file' && of !== 'protected');
test.each(fileCases)('[F3] $id: $op $path is $expect', { timeout: 2_000 }, async (given) => {
  const { path, op = 'read', layer, expect: expected, accept = [expected] } = given;
  const decoded = layer === 'url' ? decodeURIComponent(String(path)) : path;
  // A relative path of no length is the work dir, and the link within is not there yet.
  if (decoded === 'with space.txt') await ask('write', decoded);
  expect(accept).toContain(await ask(op, decoded));
  expectUntouched();
});

test.each([
  ['read', 'abs_in', 'allow'],
  ['read', 'sub/../a.txt', 'allow'],
  ['read', './././a.txt', 'allow'],
  ['read', 'sub//b.txt', 'allow'],
  ['read', 'hard', 'allow'],
  ['write', 'hard', 'deny'],
  ['write', 'deep/er/and/deeper.txt', 'allow'],
  ['write', 'ünïcödé 文件.txt', 'allow'],
  ['write', '-rf', 'allow'],
  ['write', 'link_in', 'allow'],
  ['read', 'link_rel_out', 'deny'],
  ['write', 'link_rel_out', 'deny'],
  ['write', 'link_out', 'deny'],
  ['write', 'broken_out', 'deny'],
  ['write', 'broken_in', 'allow'],
  ['write', 'chain1/new.txt', 'deny'],
  ['read', 'chain1/secret.txt', 'deny'],
  ['write', 'deep/l1/l2/new.txt', 'deny'],
  ['write', 'dirlink_out/sub2/new.txt', 'deny'],
  ['read', 'proclink/etc/hostname', 'deny'],
  ['write', 'loop', 'deny'],
  ['read', 'loop/x', 'deny'],
  ['read', 'fifo', 'deny'],
  ['write', 'fifo', 'deny'],
  ['read', 'sock', 'deny'],
  ['write', 'sock', 'deny'],
  ['write', 'sub', 'deny'],
  ['read', '.', 'deny'],
  ['read', 'a.txt/', 'deny'],
  ['read', 'a.txt/x', 'deny'],
  ['read', 'a.txt\0.png', 'deny'],
  ['write', 'new.txt\0', 'deny'],
  ['write', '../proj-evil/new.txt', 'deny'],
  ['write', '../../outside/new.txt', 'deny'],
  ['write', 'sub/../../../outside/new.txt', 'deny'],
  // The system reads this within the work dir, other programs outside of it, and the other way round.
  ['read', 'sub/uplink/proj/a.txt', 'allow'],
  ['read', 'sub/uplink/../a.txt', 'deny'],
  ['write', 'sub/uplink/../outside/new.txt', 'deny'],
  ['read', '/dev/zero', 'deny'],
  ['read', '/dev/tty', 'deny'],
  ['write', '/dev/null', 'deny'],
  ['read', '/proc/self/environ', 'deny'],
  ['read', '/proc/self/cwd/package.json', 'deny'],
  ['read', '/proc/self/fd/0', 'deny'],
  ['read', '~/x', 'deny'],
  ['read', 'missing.txt', 'deny'],
  ['read', 'x'.repeat(5_000), 'deny'],
  ['read', null, 'deny'],
  ['read', { toString: 'a.txt' }, 'deny'],
])('[F3] %s %j is answered: %s', { timeout: 2_000 }, async (op, path, expected) => {
  expect(await ask(op, path)).toBe(expected);
  expectUntouched();
});
