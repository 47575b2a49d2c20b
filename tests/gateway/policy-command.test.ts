import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';

let home: string;
beforeAll(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'hotplex-policy-')));
  mkdirSync(join(home, 'proj/sub'), { recursive: true });
});
afterAll(() => rmSync(home, { recursive: true }));

const policy = (args: readonly string[], more: { env?: Record<string, string>; input?: string } = {}) =>
  runCli(['policy', ...args], { home, ...more });

describe('one question', () => {
  test.each([
    [['check', 'npm test', '--cwd', 'proj'], 0, 'allow: '],
    [['check', 'python3 -c "$X"', '--cwd', 'proj'], 1, 'ask ('],
    [['check', 'rm -rf ~', '--cwd', 'proj'], 2, 'deny (N1): '],
    [['check', '--', '-x'], 0, 'allow: '],
    [['url', 'https://example.com/'], 0, 'allow: '],
    [
      ['url', 'http://0x7f.1:8888/'],
      2,
      'deny (N10): this is the gateway itself\n  touches  http://127.0.0.1:8888/',
    ],
    [['url', 'http://10.0.0.1/'], 2, 'deny (U2): '],
    [['url', '--resolve', 'http://localhost./'], 2, 'deny (U2): '],
    [['path', 'a.txt', '--cwd', 'proj'], 0, 'allow: '],
    [['path', '../a.txt', '--cwd', 'proj/sub', '--work-dir', 'proj'], 0, 'allow: '],
    [['path', '../a.txt', '--cwd', 'proj'], 2, 'deny (F2): '],
    [['path', '.envrc', '--cwd', 'proj'], 1, 'ask (C5): '],
    [['path', '.envrc', '--cwd', 'proj', '--op', 'read'], 0, 'allow: '],
    [['path', '.', '--cwd', 'proj', '--op=delete'], 1, 'ask (C5): '],
    [['path', '~/.ssh/id_rsa', '--cwd', 'proj', '--op', 'read'], 2, 'deny (N6): '],
    [['path', 'a\u202eb', '--cwd', 'proj'], 1, 'a\\u{202e}b'],
    [['path', '--', '-rf'], 0, 'allow: '],
  ])('%j ends with %s', async (args, code, words) => {
    const { out, ...run } = await policy(args);
    expect(run).toEqual({ code, err: '' });
    expect(out).toContain(words);
  });

  test.each([
    [['url']],
    [['path', 'a', 'b']],
    [['check', 'rm', '-rf', '/']],
    [['tea', 'x']],
    [['path', 'a', '--op', 'sip']],
    [['path', 'a', '--strong']],
    [['--jsonl', 'url', 'x']],
    [['url', 'https://example.com', '--config', '/nowhere.yaml']],
  ])('%j is no question', async (args) => {
    const { code, out, err } = await policy(args);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/^hotplex policy: .+\n$/);
  });

  test('what the configuration calls the gateway’s own is', async () => {
    const env = {
      HOTPLEX_GATEWAY_ADDR: '127.0.0.1:4321',
      HOTPLEX_ADMIN_ADDR: '127.0.0.1:4322',
      HOTPLEX_DB_PATH: join(home, 'data/h.db'),
    };
    expect((await policy(['url', 'http://localhost:4321/'], { env })).out).toContain('N10');
    expect((await policy(['url', 'http://localhost:4322/'], { env })).out).toContain('N10');
    expect((await policy(['url', 'http://localhost:8888/'], { env })).out).toContain('U2');
    expect((await policy(['path', 'data/x', '--op', 'read'], { env })).out).toContain('deny (N6)');
  });

  test('rules of the configuration are asked, too; one that cannot be understood is named', async () => {
    const rules = [{ name: 'no-push', decision: 'deny', command: 'git push', reason: 'people push' }];
    const env = { HOTPLEX_POLICY_RULES: JSON.stringify(rules) };
    const { code, out } = await policy(['check', 'npm test && git -C sub push', '--cwd', 'proj'], { env });
    expect(code).toBe(2);
    expect(out).toContain('deny (operator:no-push): people push');
    const wrong = { HOTPLEX_POLICY_RULES: JSON.stringify([{ ...rules[0], host: 'x' }]) };
    const { err } = await policy(['check', 'ls'], { env: wrong });
    expect(err).toContain('policy.rules.0');
    expect(err).toContain('exactly one of command, path, host and tool');
  });

  test('--help says how, and what the exit codes mean', async () => {
    const { code, out } = await policy(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('--jsonl');
    expect(out).toContain('0 for allow, 1 for ask, 2 for deny, 3');
    const { out: all } = await runCli(['--help'], { home });
    for (const word of ['serve', 'agents', 'policy']) expect(all).toContain(word);
  });
});

describe('a batch', () => {
  const answers = async (lines: readonly unknown[], args: readonly string[] = []) => {
    const input = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
    const { code, out, err } = await policy(['--jsonl', '--cwd', 'proj', ...args], { input });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  test('is answered line by line, in order; a bad line is told and stops nothing', async () => {
    const told = await answers([
      { url: 'https://example.com/' },
      'not json',
      { path: 'a.txt', id: 'of the asker' },
      '',
      { path: 'a.txt', url: 'https://example.com/' },
      { path: 7 },
      '[]',
      'null',
      { path: '../a.txt' },
      { path: '../a.txt', cwd: join(home, 'proj/sub') },
      { path: 'sub/a.txt', cwd: '..', op: 'read' },
      { path: 'x', op: 'sip' },
      { url: 'http://169.254.169.254/' },
      { cmd: 'curl http://169.254.169.254/' },
      { cmd: 'cat a.txt', cwd: 'sub' },
      { cmd: ['ls'] },
    ]);
    const [none, bad] = [{ decision: 'allow', rule: 'none', reason: expect.any(String) }, expect.any(String)];
    expect(told).toEqual([
      none,
      { error: 'this line is not JSON', line: 2 },
      none,
      { error: 'this line is not JSON', line: 4 },
      { error: bad, line: 5 },
      { error: expect.stringContaining('path'), line: 6 },
      { error: bad, line: 7 },
      { error: bad, line: 8 },
      { decision: 'deny', rule: 'F2', reason: expect.any(String) },
      { decision: 'deny', rule: 'F2', reason: expect.any(String) },
      none,
      { error: expect.stringContaining('op'), line: 12 },
      { decision: 'deny', rule: 'N10', reason: expect.any(String) },
      { decision: 'deny', rule: 'N10', reason: expect.any(String) },
      none,
      { error: expect.stringContaining('cmd'), line: 16 },
    ]);
  });

  test('may be long, and one of nothing is answered by nothing', async () => {
    const told = await answers(
      Array.from({ length: 3_000 }, (_, at) => ({ url: `https://example.com/${at}` })),
    );
    expect(told).toHaveLength(3_000);
    expect((await policy(['--jsonl'])).out).toBe('');
  });
});
