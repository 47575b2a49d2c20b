import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'hotplex-cli-'));
});
afterAll(() => rmSync(home, { recursive: true }));

const cli = (args: readonly string[], env: Record<string, string> = {}) => runCli(args, { home, env });

test.each([
  [['srve'], 'there is no command srve; did you mean serve?'],
  [['frobnicate'], 'there is no command frobnicate: see hotplex --help'],
  [['keys', 'lsit'], 'there is no hotplex keys lsit: did you mean list?'],
  [['version', '--jsno'], 'hotplex version has no option --jsno; did you mean --json?'],
  [['help', 'srve'], 'did you mean serve?'],
])('hotplex %j is one sentence on stderr, without a stack, and exit code 2', async (args, sentence) => {
  const { code, out, err } = await cli(args);
  expect(err).toContain(sentence);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect({ code, out }).toEqual({ code: 2, out: '' });
});

test('help: of all, and of each in both ways', async () => {
  const all = (await cli(['--help'])).out;
  expect(all).toContain('hotplex backup NEW-FILE');
  expect((await cli(['help'])).out).toBe(all);
  const keys = (await cli(['keys', '--help'])).out;
  expect(keys).toContain('hotplex keys create NAME');
  expect((await cli(['help', 'keys'])).out).toBe(keys);
});

test('version says which this is; what was compiled for it is kept, for its user alone', async () => {
  const { out } = await cli(['version', '--json']);
  expect(JSON.parse(out)).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+/),
    node: process.versions.node,
  });
  // The tests have a place of their own for that.
  expect((await cli(['--version'], { NODE_COMPILE_CACHE: '' })).out).toMatch(/^hotplex \d/);
  const kept = join(home, '.cache/hotplex/compiled');
  expect(existsSync(kept)).toBe(true);
  expect(statSync(kept).mode & 0o022).toBe(0);
  // Where nothing can be kept it goes without.
  expect(await cli(['version'], { XDG_CACHE_HOME: '/dev/null' })).toMatchObject({ code: 0, err: '' });
});

describe('completion in bash', () => {
  /** What bash itself would offer after these words, the last of which is being typed. */
  async function offered(...words: string[]): Promise<string[]> {
    const { out: script } = await cli(['completion', 'bash']);
    const file = join(home, 'completion.bash');
    writeFileSync(
      file,
      `${script}
COMP_WORDS=(hotplex ${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length}
# As bash calls what is registered.
$(complete -p hotplex | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
printf '%s\\n' "\${COMPREPLY[@]}"
`,
    );
    const { stdout } = await promisify(execFile)('bash', ['--norc', file], { cwd: home });
    return stdout.trim().split('\n');
  }

  test.each([
    [['comp'], ['completion']],
    [
      ['keys', ''],
      ['create', 'list', 'revoke'],
    ],
    [
      ['keys', 'create', '--ro'],
      ['--role', '--rotate'],
    ],
    [
      ['keys', 'create', 'x', '--role', ''],
      ['viewer', 'driver', 'admin'],
    ],
    [['help', 'ba'], ['backup']],
    [['serve', '--config', 'completion.'], ['completion.bash']],
  ])('hotplex %j', async (words, wanted) => {
    expect(await offered(...words)).toEqual(wanted);
  });

  test('in every shell all commands are there', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { out } = await cli(['completion', shell]);
      for (const name of ['serve', 'keys', 'completion']) expect(out).toContain(name);
    }
  });
});
