import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { resolveWorkDir, type WorkDirRules } from '../../src/session/work-dir.ts';
import cases from '../cases/path-cases.json' with { type: 'json' };
import { growPathTree } from '../support/path-tree.ts';

const tree = growPathTree();
afterAll(() => tree[Symbol.dispose]());
const { root, expand } = tree;
const base = join(root, 'allowed');

/** The directory, or why it was refused. */
function resolve(path: string, rules: Partial<WorkDirRules> = {}): string {
  try {
    return resolveWorkDir(path, { privateDirs: [], allowedDirs: [], ...rules });
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', details: { field: 'work_dir' } });
    return `refused: ${error.message}`;
  }
}

const workDirCases = cases.cases.filter(({ kind }) => kind === 'workdir');
test.each(workDirCases)('[F1] $id: $path is $expect', ({ path, expect: expected }) => {
  const answer = resolve(expand(String(path)), { allowedDirs: [base] });
  expect(answer.startsWith('refused') ? 'deny' : 'allow').toBe(expected);
});

describe('a work dir', () => {
  test.each([
    ['{F}/allowed', 'allow'],
    ['{F}/allowed/proj/sub/', 'allow'],
    ['{F}/allowed/proj/./sub/../sub', 'allow'],
    ['{F}/allowed/link_to_proj', 'allow'],
    ['{F}/allowed/link_to_proj/sub', 'allow'],
    ['{F}/allowed/proj/sub/uplink', 'allow'],
    ['{F}', 'deny'],
    ['{F}/outside', 'deny'],
    ['{F}/allowed/..', 'deny'],
    ['{F}/allowed/../outside', 'deny'],
    ['{F}/allowed/wdlink/sub2', 'deny'],
    ['{F}/allowed/proj/chain1', 'deny'],
    ['{F}/allowed/proj/deep/l1/l2', 'deny'],
    ['{F}/allowed/proj/sub/uplink/../outside', 'deny'],
    // The system reads this as {F}, other programs as {F}/allowed/proj/sub.
    ['{F}/allowed/proj/sub/uplink/..', 'deny'],
    ['{F}/allowed/proj/proclink', 'deny'],
    ['{F}/allowed/loop', 'deny'],
    ['{F}/allowed/file.txt', 'deny'],
    ['{F}/allowed/file.txt/sub', 'deny'],
    ['{F}/allowed/missing', 'deny'],
    ['{F}/allowed/proj\0', 'deny'],
    ['{F}/allowed/proj/fifo', 'deny'],
    ['allowed/proj', 'deny'],
    ['./proj', 'deny'],
    ['file://{F}/allowed/proj', 'deny'],
    ['~root', 'deny'],
    ['$HOME', 'deny'],
    [`{F}/allowed/${'a'.repeat(5_000)}`, 'deny'],
  ])('[F1] [F2] %j is %s', (path, expected) => {
    const answer = resolve(expand(path), { allowedDirs: [base] });
    expect(answer.startsWith('refused') ? 'deny' : 'allow').toBe(expected);
  });

  test.each(['/', '/home', '/tmp', '/var', '/opt', '/usr/share', '/var/lib', '/dev/shm', '/proc/self/cwd'])(
    '[F1] %s is refused also if every directory is allowed',
    (path) => {
      expect(resolve(path)).toMatch(/refused.*(system directory|not a directory that can be entered)/);
    },
  );

  test('[F1] is refused where keys lie, and where a link leads to them', () => {
    const home = join(root, 'home');
    mkdirSync(join(home, '.ssh'), { recursive: true });
    symlinkSync(join(home, '.ssh'), join(base, 'keys'));
    const before = process.env.HOME;
    process.env.HOME = home;
    try {
      expect(homedir()).toBe(home);
      expect(resolve('~/.ssh')).toContain('keys and sign-ins');
      expect(resolve(join(base, 'keys'))).toContain('keys and sign-ins');
      expect(resolve('~')).toBe(home);
    } finally {
      process.env.HOME = before;
    }
  });

  test('[F1] neither holds the gateway’s own data nor lies in it, however that is spelled', () => {
    const data = join(root, 'outside/sub2');
    for (const privateDirs of [[data], [join(base, 'wdlink/sub2')]]) {
      expect(resolve(data, { privateDirs })).toContain('own data');
      expect(resolve(join(root, 'outside'), { privateDirs })).toContain('own data');
      expect(resolve(join(base, 'wdlink'), { privateDirs })).toContain('own data');
      expect(resolve(join(base, 'proj'), { privateDirs })).toBe(join(base, 'proj'));
    }
  });

  test('[F2] [CVE-2025-54794] an allowed directory may itself be given by a link, and a neighbour with a longer name is another', () => {
    const allowedDirs = [join(base, 'link_to_proj')];
    expect(resolve(join(base, 'proj/sub'), { allowedDirs })).toBe(join(base, 'proj/sub'));
    expect(resolve(join(base, 'proj-evil'), { allowedDirs })).toContain('worker.allowed_work_dirs');
  });

  test('[F1] a part of it that became a link is followed anew', () => {
    const workDir = join(base, 'swapped/in');
    mkdirSync(workDir, { recursive: true });
    expect(resolve(workDir, { allowedDirs: [base] })).toBe(workDir);
    renameSync(join(base, 'swapped'), join(base, 'kept'));
    mkdirSync(join(root, 'outside/in'), { recursive: true });
    symlinkSync(join(root, 'outside'), join(base, 'swapped'));
    expect(resolve(workDir, { allowedDirs: [base] })).toContain('refused');
  });
});
