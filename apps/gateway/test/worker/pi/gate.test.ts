import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import gate from '../../../src/worker/pi/gate.ts';
import type { PiExtensionApi, PiTool } from '../../../src/worker/pi/gate-api.ts';
import { isInside } from '../../../src/worker/pi/gate-path.ts';

let root: string;
let work: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gate-'));
  work = join(root, 'work');
  await mkdir(join(work, 'sub'), { recursive: true });
  await mkdir(join(root, 'work-of-others'));
  await writeFile(join(root, 'secret'), 'x');
  await symlink(join(root, 'secret'), join(work, 'out'));
  await symlink(join(work, 'sub'), join(work, 'in'));
  await symlink(join(root, 'not-yet'), join(work, 'dangling'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test.each([
  [undefined, true],
  ['.', true],
  ['a', true],
  ['sub/new/deep', true],
  ['in/new', true],
  ['@sub/a', true],
  ['..', false],
  ['../secret', false],
  ['sub/../../secret', false],
  ['../work-of-others/a', false],
  ['out', false],
  ['dangling', false],
  ['/etc/passwd', false],
  ['~/.ssh/id', false],
  ['@~/.ssh/id', false],
  ['@../secret', false],
  ['file:///etc/passwd', false],
  [7, false],
])('[D1] %j lies in the work dir: %s', (path, inside) => {
  expect(isInside(work, path)).toBe(inside);
});

/** Pi, as far as the extension sees it. */
function fakePi() {
  const handlers = new Map<string, unknown>();
  const tools: PiTool[] = [];
  const pi = {
    on: (event: string, handler: unknown) => void handlers.set(event, handler),
    registerTool: (tool: PiTool) => void tools.push(tool),
  } as PiExtensionApi;
  gate(pi);
  const asked: string[] = [];
  async function call(input: Record<string, unknown>, answer: string | undefined) {
    const handler = handlers.get('tool_call') as (call: object, context: object) => Promise<unknown>;
    const ui = {
      async select(title: string) {
        asked.push(title);
        return answer;
      },
    };
    return handler({ toolCallId: 't', toolName: 'bash', input }, { cwd: work, ui });
  }
  return { call, asked, tools };
}

describe('the extension', () => {
  test('[E4] it asks about a call, and says where its path lies', async () => {
    const { call, asked } = fakePi();
    await call({ path: '../secret' }, '{"allowed":true}');
    expect(JSON.parse(asked[0] ?? '')).toEqual({
      ...{ kind: 'permission', toolCallId: 't', tool: 'bash' },
      ...{ input: { path: '../secret' }, inside: false },
    });
  });

  test.each([undefined, '', 'allow', 'null', '{}', '{"allowed":"yes"}', '[true]'])(
    '[E4] the answer %j blocks the call',
    async (answer) => {
      expect(await fakePi().call({ command: 'ls' }, answer)).toMatchObject({ block: true });
    },
  );

  test('[E4] a refusal carries its reason; a permission may change the input', async () => {
    const { call } = fakePi();
    expect(await call({}, '{"allowed":false,"reason":"no"}')).toEqual({ block: true, reason: 'no' });
    const input = { command: 'rm -rf /', timeout: 3 };
    expect(await call(input, '{"allowed":true,"input":{"command":"ls"}}')).toBeUndefined();
    expect(input).toEqual({ command: 'ls' });
  });

  test('[E4] the tool for questions passes them on, and the answers back', async () => {
    const [tool] = fakePi().tools;
    const questions = [{ question: 'Which?' }];
    let asked = '';
    const select = async (title: string) => {
      asked = title;
      return '{"Which?":"A"}';
    };
    const result = await tool?.execute('t', { questions }, undefined, undefined, {
      cwd: work,
      ui: { select },
    });
    expect(JSON.parse(asked)).toEqual({ kind: 'question', toolCallId: 't', questions });
    expect(result?.content[0]?.text).toBe('The user answered: {"Which?":"A"}');
  });
});
