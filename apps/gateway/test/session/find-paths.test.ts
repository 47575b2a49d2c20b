import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findPaths } from '../../src/session/find-paths.ts';

function workDirOf(files: Record<string, string>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'paths-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const workDir = join(root, 'work');
  mkdirSync(workDir);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(workDir, path)), { recursive: true });
    writeFileSync(join(workDir, path), content);
  }
  return workDir;
}

/** However slow the machine is. */
const still = { elapsed: () => 0 };

const find = async (workDir: string, query: string, { limit = 20, clock = still } = {}) => {
  const { paths, complete } = await findPaths({ workDir, query, limit, clock });
  return { names: paths.map(({ path, kind }) => (kind === 'folder' ? `${path}/` : path)), complete };
};

test('without a query what lies at the top is found, with one whatever has it in its path, the likely first', async () => {
  const workDir = workDirOf({
    'src/index.ts': '',
    'src/sub/reindex.ts': '',
    'index.html': '',
    'docs/a.md': '',
  });
  expect((await find(workDir, '')).names).toEqual(['docs/', 'index.html', 'src/']);
  expect((await find(workDir, 'index')).names).toEqual(['index.html', 'src/index.ts', 'src/sub/reindex.ts']);
  expect((await find(workDir, 'SRC/')).names).toEqual(['src/index.ts', 'src/sub/', 'src/sub/reindex.ts']);
  expect((await find(workDir, 'src/index')).names).toEqual(['src/index.ts', 'src/sub/reindex.ts']);
  expect((await find(workDir, 'sub/src')).names).toEqual([]);
  expect((await find(workDir, 'index', { limit: 1 })).names).toEqual(['index.html']);
});

test('what is hidden or ignored by git is not shown, at any depth', async () => {
  const workDir = workDirOf({
    '.env': '',
    '.git/config': '',
    'node_modules/one/package.json': '',
    '.gitignore': 'dist/\n*.log\n',
    'dist/out.js': '',
    'a.log': '',
    'lib/.gitignore': '!keep.log\n/gen',
    'lib/keep.log': '',
    'lib/b.log': '',
    'lib/gen/x.ts': '',
    'gen/y.ts': '',
  });
  const { names } = await find(workDir, '.');
  expect(names).toEqual(['gen/y.ts', 'lib/keep.log']);
  expect((await find(workDir, '')).names).toEqual(['gen/', 'lib/']);
});

test('[F1] no link is shown or followed, and no query leads out', async () => {
  const workDir = workDirOf({ 'in.txt': '' });
  mkdirSync(join(workDir, '../secret'));
  writeFileSync(join(workDir, '../secret/key.txt'), '');
  symlinkSync(join(workDir, '../secret'), join(workDir, 'door'));
  symlinkSync(join(workDir, '../secret/key.txt'), join(workDir, 'file.txt'));
  expect((await find(workDir, 't')).names).toEqual(['in.txt']);
  expect((await find(workDir, '../secret')).names).toEqual([]);
  expect((await find(join(workDir, 'door'), '')).names).toEqual([]);
});

test('it looks for a while only, and says that there is more', async () => {
  const workDir = workDirOf({ 'a/one.ts': '', 'b/one.ts': '' });
  let now = 0;
  const clock = { elapsed: () => (now += 80) };
  expect(await find(workDir, 'one', { clock })).toEqual({ names: ['a/one.ts'], complete: false });
});

test('[G9] a .gitignore that is huge, a link or no file is not read', async () => {
  const workDir = workDirOf({
    '.gitignore': 'a\n'.repeat(1_000_000),
    'sub/a': '',
    'linked/a': '',
    'piped/a': '',
  });
  symlinkSync('../.gitignore', join(workDir, 'linked', '.gitignore'));
  execFileSync('mkfifo', [join(workDir, 'piped', '.gitignore')]);
  expect((await find(workDir, 'a')).names).toContain('sub/a');
});
