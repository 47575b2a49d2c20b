import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFiles } from './open-files.ts';

async function open() {
  const { files, give, root } = openFiles();
  const workDir = join(root, 'work');
  const outside = join(root, 'outside');
  mkdirSync(workDir);
  mkdirSync(outside);
  const { id } = await give('for the agent', 'notes.txt');
  const place = () => files.place({ sessionId: 's', fileId: id }, workDir);
  const path = join(workDir, '.hotplex', 'attachments', 's', id, 'notes.txt');
  return { files, id, outside, path, place, workDir };
}

test('[F4] the agent gets a copy that it can only read, in a folder that git does not see', async () => {
  const { path, place, workDir } = await open();
  expect(place()).toBe(path);
  expect(readFileSync(path, 'utf8')).toBe('for the agent');
  expect(statSync(path).mode & 0o777).toBe(0o400);
  expect(readFileSync(join(workDir, '.hotplex', '.gitignore'), 'utf8')).toBe('*\n');
});

test('[F4] a copy that was changed is made anew', async () => {
  const { path, place } = await open();
  place();
  rmSync(path);
  writeFileSync(path, 'something else');
  place();
  expect(readFileSync(path, 'utf8')).toBe('for the agent');
});

test.each([['.hotplex'], ['.hotplex/attachments'], ['.hotplex/attachments/s']])(
  '[F3] [CVE-2026-39861] a link at %s is not followed',
  async (name) => {
    const { files, id, outside, place, workDir } = await open();
    mkdirSync(join(workDir, name, '..'), { recursive: true });
    symlinkSync(outside, join(workDir, name));
    expect(place).toThrow(expect.objectContaining({ code: 'INVALID_MESSAGE' }));
    expect(readdirSync(outside)).toEqual([]);
    // Nor is anything removed behind it.
    mkdirSync(join(outside, id), { recursive: true });
    mkdirSync(join(outside, 's', id), { recursive: true });
    files.remove({ sessionId: 's', fileId: id }, workDir);
    files.removeAll('s', workDir);
    expect(existsSync(join(outside, id))).toBe(true);
    expect(existsSync(join(outside, 's', id))).toBe(true);
  },
);

test('[F3] a link in the place of the file is replaced, and what it leads to is left', async () => {
  const { outside, path, place } = await open();
  const victim = join(outside, 'victim');
  writeFileSync(victim, 'mine');
  mkdirSync(join(path, '..'), { recursive: true });
  symlinkSync(victim, path);
  place();
  expect(readFileSync(victim, 'utf8')).toBe('mine');
  expect(readFileSync(path, 'utf8')).toBe('for the agent');
});

test('[F1] a work dir that leads elsewhere by now gets nothing', async () => {
  const { files, id, outside, workDir } = await open();
  const moved = join(workDir, 'moved');
  mkdirSync(join(outside, 'deep'));
  symlinkSync(outside, moved);
  const place = () => files.place({ sessionId: 's', fileId: id }, join(moved, 'deep'));
  expect(place).toThrow(/a link is in the way/);
  expect(readdirSync(join(outside, 'deep'))).toEqual([]);
});

test('[L3] copies go with the file, and with the session', async () => {
  const { files, id, path, place, workDir } = await open();
  place();
  files.remove({ sessionId: 's', fileId: id }, workDir);
  expect(existsSync(path)).toBe(false);
  const again = await open();
  again.place();
  again.files.removeAll('s', again.workDir);
  expect(readdirSync(join(again.workDir, '.hotplex', 'attachments'))).toEqual([]);
});
