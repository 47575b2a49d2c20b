import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { decidePath, type FileCall } from '../../../src/policy/path/decide-path.ts';
import cases from '../../cases/path-cases.json' with { type: 'json' };
import { growPathTree } from '../../support/path-tree.ts';

const tree = growPathTree();
afterAll(() => tree[Symbol.dispose]());
const { root, proj: workDir } = tree;
const home = join(root, 'home');
for (const folder of ['.ssh', '.config/git', '.aws']) mkdirSync(join(home, folder), { recursive: true });
writeFileSync(join(home, '.ssh/id_ed25519'), 'KEY');
mkdirSync(join(root, 'gateway'));
symlinkSync(join(home, '.ssh'), join(workDir, 'keys'));
symlinkSync(workDir, join(root, 'to-proj'));
symlinkSync(join(root, 'gateway'), join(root, 'to-gateway'));
mkdirSync(join(workDir, 'repo/.git'), { recursive: true });
symlinkSync('.git/hooks', join(workDir, 'my-hooks'));
const context = { workDir, home, gatewayDirs: [join(root, 'gateway')], gatewayPorts: [8888] };

type Op = FileCall['kind'];
const decide = (kind: string, path: string, more: Partial<typeof context & { cwd: string }> = {}) =>
  decidePath(
    { kind: kind as Op, path: tree.expand(path), cwd: more.cwd ?? workDir },
    { ...context, ...more },
  );

/** Those of the reader, who opens the file: how large it is, and whether it is one; no texts at all have no type here. */
const ofReader = ['pp-020', 'pp-024', 'pp-028', 'pp-029'];
const fileCases = cases.cases.filter(({ kind, id }) => kind === 'file' && !ofReader.includes(id));
test.each(fileCases)('[F2] [F3] [F5] $id: $op $path is $expect', ({ path, op = 'read', ...wanted }) => {
  const { decision } = decide(op, String(path));
  if (wanted.expect === 'allow') expect(decision).toBe('allow');
  else if (wanted.accept === undefined) expect(decision).not.toBe('allow');
  // A place that is openly named outside is a person's to decide; all others are refused at once.
  if (wanted.expect === 'deny' && wanted.accept === undefined && !String(path).startsWith('/etc'))
    expect(decision).toBe('deny');
});

describe('a path in the work dir', () => {
  test.each([
    ...[
      'read a.txt',
      'read ./sub//b.txt',
      'read sub/../a.txt',
      'read {F}/allowed/proj/a.txt',
      'read link_in',
    ],
    ...['read abs_in', 'read .', 'read sub', 'read .git/config', 'read .claude/settings.json', 'read hard'],
    ...['write new/er/file.ts', 'write broken_in', 'write ünïcödé 文件.txt', 'write -rf', 'write a%20b.txt'],
    ...[
      'write .gitignore',
      'write .github/workflows/ci.yml',
      'write claude/settings.json',
      'write git/hooks/x',
    ],
    ...[
      'write ..hidden',
      'write ...',
      'write sub/..b',
      'delete a.txt',
      'delete sub',
      'delete hard',
      'write .env',
    ],
    // Links are deleted, not what they lead to.
    ...['delete link_out', 'delete dirlink_out', 'delete broken_out', 'delete loop', 'delete link_out/'],
    ...[
      'write {F}/to-proj/new.txt',
      'read {F}/allowed/link_to_proj/a.txt',
      'read {F}/allowed/../allowed/proj/a.txt',
    ],
  ])('is its own: %s', (given) => {
    const [kind = '', ...path] = given.split(' ');
    expect(decide(kind, path.join(' '))).toMatchObject({ decision: 'allow', rule: 'none' });
  });

  test.each([
    ['read ../../outside/secret.txt', 'F2'],
    ['read sub/../../proj-evil/x.txt', 'F2'],
    ['write {F}/allowed/proj/../../outside/x', 'F2'],
    ['delete ../proj-evil/x.txt', 'F2'],
    ['read link_rel_out', 'F2'],
    ['write broken_out', 'F2'],
    ['write chain1/new.txt', 'F2'],
    ['read deep/l1/l2/secret.txt', 'F2'],
    ['delete dirlink_out/sub2', 'F2'],
    ['read %2e%2e/%2e%2e/outside/secret.txt', 'F2'],
    ['read @../../outside/secret.txt', 'F2'],
    ['read sub/uplink/../a.txt', 'F3'],
    ['write loop/x', 'F3'],
    ['read a.txt/x', 'F3'],
    ['read fifo', 'F3'],
    ['write sock', 'F3'],
    ['write sub', 'F3'],
    ['write .', 'F3'],
    ['read a.txt\0.png', 'F3'],
    ['read file:/etc/passwd', 'F3'],
    ['read https://example.com/', 'F3'],
    [`write ${'x/'.repeat(3_000)}x`, 'F3'],
  ])('[F2] [F3] [CVE-2026-25724] that does not lead where it seems to is refused: %s', (given, rule) => {
    const [kind = '', ...path] = given.split(' ');
    expect(decide(kind, path.join(' '))).toMatchObject({ decision: 'deny', rule });
  });

  test.each([
    ...['.git/hooks/pre-commit', '.git/hooks', '.git/config', '.git/config.worktree', '.git/info/attributes'],
    ...['.git/modules/lib/hooks/post-checkout', '.git/modules/lib/config', 'deep/er/.git/hooks/post-merge'],
    ...[
      '.claude/settings.json',
      '.claude/settings.local.json',
      '.mcp.json',
      'packages/a/.mcp.json',
      '.husky/pre-push',
    ],
    ...[
      '.GIT/hooks/pre-commit',
      '.Claude/Settings.json',
      'sub/../.git/config',
      'my-hooks/pre-commit',
      './.mcp.json',
    ],
    ...['{F}/to-proj/.git/config', 'repo/.git/hooks/x', '.claude/hooks/stop.sh', '%2egit/config'],
    ...['opencode.json', 'packages/a/opencode.jsonc', '.opencode/plugin/x.ts', '.opencode/plugins/x.js'],
    ...['.opencode/tool/x.ts', '.opencode/tools', '.pi/extensions/x.ts', '.pi/settings.json'],
    ...['.codex/config.toml', '.codex/hooks.json', '.cursor/mcp.json', '.cursor/hooks.json'],
    ...['.gemini/settings.json', '.gemini/extensions/x/gemini-extension.json', '.gemini/.env'],
  ])('[B5] [F5] that tools obey is never written or deleted, whether it is there or not: %s', (path) => {
    expect(decide('write', path)).toMatchObject({ decision: 'deny', rule: 'B5' });
    if (path !== '.git/modules/lib/config') expect(decide('delete', path).decision).toBe('deny');
    expect(existsSync(join(workDir, '.mcp.json'))).toBe(false);
  });

  test.each([
    ['write .vscode/tasks.json', 'C5'],
    ['write .vscode/settings.json', 'C5'],
    ['write .vscode/launch.json', 'C5'],
    ['write .idea/workspace.xml', 'C5'],
    ['write .opencode/agent/reviewer.md', 'C5'],
    ['write .opencode/command/ship.md', 'C5'],
    ['write .claude/agents/x.md', 'C5'],
    ['write .claude/skills/x/SKILL.md', 'C5'],
    ['write .claude/commands/x.md', 'C5'],
    ['write .cursor/rules/x.mdc', 'C5'],
    ['write .gemini/commands/x.toml', 'C5'],
    ['write .codex/prompts/x.md', 'C5'],
    ['write .pi/prompts/x.md', 'C5'],
    ['write .envrc', 'C5'],
    ['write other/.git', 'C5'],
    ['delete .git', 'C5'],
    ['delete .', 'C5'],
    ['delete {F}/allowed/proj', 'C5'],
    ['write hard', 'F3'],
    ['write in\u200bvisible.txt', 'C7'],
    ['read right\u202eto-left.txt', 'C7'],
    ['write line\nbreak.txt', 'C7'],
  ])('that matters to a person is asked about: %s', (given, rule) => {
    const [kind = '', ...path] = given.split(' ');
    expect(decide(kind, path.join(' '))).toMatchObject({ decision: 'ask', rule });
  });
});

describe('a path outside', () => {
  test.each([
    ['read {F}/outside/secret.txt', 'ask', 'F2'],
    ['write {F}/outside/new.txt', 'ask', 'F2'],
    ['write {F}/to-proj/dirlink_out/x', 'ask', 'F2'],
    ['delete {F}/outside', 'ask', 'F2'],
    ['read {F}/allowed/proj-evil/x.txt', 'ask', 'F2'],
    ['read {F}/outside/.vscode/settings.json', 'ask', 'F2'],
    ['read /etc/hostname', 'ask', 'F2'],
    ['read /usr/include', 'ask', 'F2'],
    ['write /tmp/x', 'ask', 'F2'],
    ['read ~/notes.txt', 'ask', 'F2'],
    ['read ~/.bashrc', 'ask', 'F2'],
    ['write {F}/outside/.git/hooks/x', 'deny', 'B5'],
    ['write /etc/cron.d/x', 'deny', 'N2'],
    ['delete /usr/bin/node', 'deny', 'N1'],
    ['write ~/.bashrc', 'deny', 'N2'],
    ['write ~/.config/git/config', 'deny', 'N2'],
    ['delete ~/.config', 'deny', 'N1'],
    ['delete ~', 'deny', 'N1'],
    ['delete /', 'deny', 'N1'],
    ['delete {F}/allowed', 'deny', 'N1'],
    ['read /etc/shadow', 'deny', 'N6'],
    ['read ~/.ssh/id_ed25519', 'deny', 'N6'],
    ['read @~/.aws/credentials', 'deny', 'N6'],
    ['read {F}/home/.aws/credentials', 'deny', 'N6'],
    ['read  ~/.netrc', 'deny', 'N6'],
    ['read keys/id_ed25519', 'deny', 'F2'],
    ['read %7e/.ssh/id_ed25519', 'deny', 'N6'],
    ['read {F}/gateway/signing-key.json', 'deny', 'N6'],
    ['read {F}/to-gateway/signing-key.json', 'deny', 'N6'],
    ['write {F}/to-gateway/x', 'deny', 'N6'],
    ['read /proc/self/environ', 'deny', 'N6'],
    ['read /proc/cpuinfo', 'deny', 'F3'],
    ['read /sys/class/net', 'deny', 'F3'],
    ['read /dev/sda', 'deny', 'F3'],
    ['read /dev/zero', 'deny', 'F3'],
    ['write /dev/null', 'deny', 'F3'],
    ['read /dev/stdin', 'deny', 'F3'],
  ])('%s: %s', (given, decision, rule) => {
    const [kind = '', ...path] = given.split(' ');
    expect(decide(kind, path.join(' '))).toMatchObject({ decision, rule });
  });

  test('[P4] the verdict names where it really is', () => {
    expect(decide('read', 'link_rel_out').targets).toEqual([join(root, 'outside/secret.txt')]);
    expect(decide('write', 'sub/../new.txt').targets).toEqual([join(workDir, 'new.txt')]);
    expect(decide('write', 'in\u200bvisible.txt').targets).toEqual([join(workDir, 'in\u200bvisible.txt')]);
    expect(decide('delete', 'link_out').targets).toEqual([join(workDir, 'link_out')]);
  });
});

describe('the session’s own places', () => {
  test('a work dir within the gateway’s home or an agent’s is still the session’s', () => {
    for (const folder of ['.hotplex/workspace', '.cursor/worktrees/x', '.ssh/odd']) {
      const own = join(home, folder);
      mkdirSync(own, { recursive: true });
      const more = { workDir: own, cwd: own };
      expect(decide('write', 'a.txt', more)).toMatchObject({ decision: 'allow' });
      expect(decide('write', '.git/config', more)).toMatchObject({ decision: 'deny', rule: 'B5' });
      expect(decide('write', '.vscode/x.json', more)).toMatchObject({ decision: 'ask', rule: 'C5' });
      expect(decide('read', `${home}/.ssh/id_ed25519`, more)).toMatchObject({ decision: 'deny', rule: 'N6' });
      expect(decide('read', '../y', more).decision).toBe('deny');
    }
  });

  test('a home that is the work dir keeps its keys', () => {
    const more = { workDir: home, cwd: home };
    expect(decide('read', 'notes.txt', more).decision).toBe('allow');
    expect(decide('read', '.', more)).toMatchObject({ decision: 'ask', rule: 'N6' });
    expect(decide('read', '.ssh/id_ed25519', more)).toMatchObject({ decision: 'deny', rule: 'N6' });
    expect(decide('write', '.bashrc', more)).toMatchObject({ decision: 'deny', rule: 'N2' });
  });

  test('relative paths count from where the agent is, and that may be elsewhere', () => {
    expect(decide('read', '../a.txt', { cwd: join(workDir, 'sub') }).decision).toBe('allow');
    expect(decide('read', 'a.txt', { cwd: join(root, 'outside') })).toMatchObject({
      decision: 'ask',
      rule: 'F2',
    });
    expect(decide('read', '../allowed/proj/a.txt', { cwd: join(root, 'outside') }).decision).toBe('allow');
  });

  test('a work dir that is given by a link is the one it leads to', () => {
    const more = { workDir: join(root, 'to-proj'), cwd: join(root, 'to-proj') };
    expect(decide('write', 'new.txt', more).decision).toBe('allow');
    expect(decide('read', 'link_rel_out', more)).toMatchObject({ decision: 'deny', rule: 'F2' });
    expect(decide('write', '.git/hooks/x', more)).toMatchObject({ decision: 'deny', rule: 'B5' });
  });
});

test('[F2] whatever is allowed to be read or written lies in the work dir', () => {
  const names = [
    '..',
    '.',
    '',
    'sub',
    'uplink',
    'dirlink_out',
    'chain1',
    'deep',
    'l1',
    'l2',
    'a.txt',
    'proj',
    'x',
  ];
  const path = fc
    .array(fc.constantFrom(...names), { minLength: 1, maxLength: 8 })
    .map((parts) => parts.join('/'));
  fc.assert(
    fc.property(path, fc.constantFrom('read', 'write'), fc.boolean(), (text, kind, absolute) => {
      const asked = absolute ? `${workDir}/${text}` : text;
      const { decision, targets = [] } = decide(kind, asked);
      if (decision !== 'allow') return;
      expect(targets).toHaveLength(1);
      expect(`${targets[0]}/`.startsWith(`${workDir}/`)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
  expect(readdirSync(join(root, 'outside')).sort()).toEqual(['secret.txt', 'sub2']);
});
