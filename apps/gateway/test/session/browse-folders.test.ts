import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../src/ground/clock.ts';
import { browseFolders } from '../../src/session/browse-folders.ts';
import type { WorkDirRules } from '../../src/session/work-dir.ts';

function grow(...folders: string[]): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'folders-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
  return root;
}

const browse = (path: string, rules: Partial<WorkDirRules> = {}, clock = systemClock) =>
  browseFolders({ path, rules: { privateDirs: [], allowedDirs: [], ...rules }, clock });

const namesIn = async (...asked: Parameters<typeof browse>) =>
  (await browse(...asked)).folders.map(({ name }) => name);

test('what lies in a folder is told by name: folders only, those that git keeps marked, and the way up', async () => {
  const root = grow('part10', 'part9', 'Part2/.git', '.hidden', 'node_modules/x', 'bell\u0007');
  writeFileSync(join(root, 'file.txt'), '');
  writeFileSync(join(root, 'part9/.git'), 'gitdir: elsewhere');
  execFileSync('mkfifo', [join(root, 'pipe')]);
  expect(await browse(`${root}/part9/..`)).toEqual({
    ...{ path: root, parent: dirname(root), isWorkDir: true, isComplete: true },
    folders: [
      { name: 'Part2', path: join(root, 'Part2'), isWorkDir: true, isRepository: true },
      { name: 'part9', path: join(root, 'part9'), isWorkDir: true, isRepository: true },
      { name: 'part10', path: join(root, 'part10'), isWorkDir: true, isRepository: false },
    ],
  });
});

test('[F1] [F2] nothing outside of the allowed folders is told, by no spelling and behind no link', async () => {
  const root = grow('allowed/in/deep', 'allowed-too', 'outside/secret');
  const allowed = join(root, 'allowed');
  const rules = { allowedDirs: [allowed] };
  symlinkSync('../outside', join(allowed, 'door'));
  symlinkSync('in/deep', join(allowed, 'short-cut'));
  symlinkSync('door/secret', join(allowed, 'chain'));
  symlinkSync('loop', join(allowed, 'loop'));
  expect((await browse(allowed, rules)).folders).toMatchObject([
    { name: 'in', path: join(allowed, 'in') },
    { name: 'short-cut', path: join(allowed, 'in/deep') },
  ]);
  expect((await browse(allowed, rules)).parent).toBeNull();
  expect((await browse(join(allowed, 'short-cut'), rules)).parent).toBe(join(allowed, 'in'));
  for (const path of [root, '/', `${allowed}/..`, join(allowed, 'door'), join(root, 'allowed-too')])
    await expect(browse(path, rules), path).rejects.toMatchObject({
      ...{ code: 'CONFIG_INVALID', details: { field: 'work_dir' } },
    });
});

test('[F1] system folders, keys and the gateway’s own data are left out; what lies around them is a passage', async () => {
  const home = grow('.ssh', 'projects/app', 'data/sessions', 'data-of-mine');
  vi.stubEnv('HOME', home);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(homedir()).toBe(home);
  symlinkSync('.ssh', join(home, 'keys'));
  symlinkSync('/etc', join(home, 'settings'));
  const rules = { privateDirs: [join(home, 'data')] };
  expect(await browse('~', rules)).toMatchObject({
    ...{ path: home, isWorkDir: false },
    folders: [{ name: 'data-of-mine', isWorkDir: true }, { name: 'projects' }],
  });
  const top = await browse('/', rules);
  expect(top).toMatchObject({ parent: null, isWorkDir: false });
  const told = top.folders.map(({ name }) => name);
  expect(told).toContain('tmp');
  for (const name of ['etc', 'proc', 'usr', 'bin']) expect(told).not.toContain(name);
  const problems = { '~/.ssh': 'secrets', '/etc': 'system', '~/data/sessions': 'gateway_data' };
  for (const [path, problem] of Object.entries({ ...problems, src: 'not_absolute', '/tmp\0': 'nul' }))
    await expect(browse(path, rules), path).rejects.toMatchObject({ details: { problem } });
});

test('[F1] a link to what is hidden is left out, also below a folder that was typed', async () => {
  const root = grow('.store/kept', 'shown', '.typed/inner/.deep');
  symlinkSync('../.store/kept', join(root, 'shown/kept'));
  symlinkSync('inner/.deep', join(root, '.typed/deep'));
  expect(await namesIn(join(root, 'shown'))).toEqual([]);
  expect(await namesIn(join(root, '.typed'))).toEqual(['inner']);
});

test('[G9] it looks at so much and for so long, and says that there is more', async () => {
  const root = grow(...Array.from({ length: 520 }, (_, index) => `part${index}`));
  const all = await browse(root, {}, { ...systemClock, elapsed: () => 0 });
  expect(all.folders).toHaveLength(500);
  expect(all.isComplete).toBe(false);
  let now = 0;
  const clock = { ...systemClock, elapsed: () => (now += 140) };
  expect(await browse(root, {}, clock)).toMatchObject({ folders: [{}, {}], isComplete: false });
});

test('a folder that cannot be read is refused with what to do about it', async () => {
  const root = grow('gone');
  rmSync(join(root, 'gone'), { recursive: true });
  for (const path of [join(root, 'gone'), join(root, 'gone/deeper')])
    await expect(browse(path)).rejects.toMatchObject({
      message: expect.stringContaining('create it or choose another'),
      details: { problem: 'not_a_directory' },
    });
});
