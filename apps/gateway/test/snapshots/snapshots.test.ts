import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSnapshots } from './open-snapshots.ts';

test('says what changed since the session began and in each turn, with the lines that came and went', async () => {
  const { changed, remove, session, snapshots, start, turn, write } = openSnapshots();
  write('kept', 'same\n');
  write('src/edited', 'one\ntwo\n');
  write('removed', 'gone\n');
  await start();
  await turn('turn_1', () => {
    write('src/edited', 'one\n2\nthree\n');
    remove('removed');
  });
  await turn('turn_2', () => write('new', 'a\nb'));
  expect(await changed()).toEqual([
    ['new', 'added', 2, 0],
    ['removed', 'deleted', 0, 1],
    ['src/edited', 'modified', 2, 1],
  ]);
  expect(await changed('turn_1')).toEqual([
    ['removed', 'deleted', 0, 1],
    ['src/edited', 'modified', 2, 1],
  ]);
  expect(await changed('turn_2')).toEqual([['new', 'added', 2, 0]]);
  expect((await snapshots.changes(session, 'start')).turns).toEqual([
    { id: 'turn_1', files: 2 },
    { id: 'turn_2', files: 1 },
  ]);
});

test('what a person changes between two turns is in neither', async () => {
  const { changed, start, turn, write } = openSnapshots();
  await start();
  await turn('turn_1', () => write('a', 'of the agent'));
  write('b', 'of a person');
  await turn('turn_2', () => {});
  expect(await changed('turn_1')).toEqual([['a', 'added', 1, 0]]);
  expect(await changed('turn_2')).toEqual([]);
});

test('who asks at the same time gets the same look, and who asks after a turn one that knows it', async () => {
  const { filesRead, session, snapshots, start, write } = openSnapshots();
  await start();
  write('a', 'new');
  snapshots.beginTurn(session, 'turn_1');
  const early = Array.from({ length: 5 }, () => snapshots.changes(session, 'start'));
  snapshots.endTurn(session, 'turn_1');
  const late = Array.from({ length: 5 }, () => snapshots.changes(session, 'start'));
  const turns = (await Promise.all([...early, ...late])).map((each) => each.turns.length);
  expect(turns).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
  // By the turn's begin, its end, and the two looks.
  expect(filesRead.length).toBeLessThanOrEqual(4);
});

test('the diff of a file is a unified one, of the turn or of all', async () => {
  const { session, snapshots, start, turn, write } = openSnapshots();
  write('a', 'one\ntwo\n');
  await start();
  await turn('turn_1', () => write('a', 'one\n2\n'));
  await turn('turn_2', () => write('a', 'one\nII\n'));
  const diff = await snapshots.diff(session, { since: 'turn_1', path: 'a' });
  expect(diff.sides).toEqual({ before: 'one\ntwo\n', after: 'one\n2\n' });
  expect(diff.patch).toContain('--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n');
  const all = await snapshots.diff(session, { since: 'start', path: 'a' });
  expect(all.patch).toContain('-two\n+II\n');
});

test('files that are no text are counted as files, without lines', async () => {
  const { changed, session, snapshots, start, write } = openSnapshots();
  await start();
  write('picture', Buffer.from([1, 0, 2]));
  expect(await changed()).toEqual([['picture', 'added', undefined, undefined]]);
  const { sides, patch } = await snapshots.diff(session, { since: 'start', path: 'picture' });
  expect([sides, patch]).toEqual([undefined, null]);
});

test('what git ignores, git itself, installed packages and links are left out, and it says so', async () => {
  const { changed, root, session, snapshots, start, workDir, write } = openSnapshots();
  write('.gitignore', 'dist/\n*.log\n!kept.log\n');
  await start();
  for (const path of ['dist/a', 'x.log', 'kept.log', '.git/config', 'node_modules/a/index.js', 'sub/y.log'])
    write(path, 'x\n');
  write('sub/.gitignore', '/z\n');
  write('sub/z', 'x\n');
  write('.env', 'KEY=1');
  symlinkSync(root, join(workDir, 'out'));
  expect((await changed()).map(([path]) => path)).toEqual(['.env', 'kept.log', 'sub/.gitignore']);
  const { leftOut } = await snapshots.changes(session, 'start');
  expect(leftOut).toEqual(
    expect.arrayContaining([
      { reason: 'link', count: 1, examples: ['out'] },
      { reason: 'secret', count: 1, examples: ['.env'] },
      { reason: 'ignored', count: 4, examples: expect.arrayContaining(['dist/', 'sub/y.log', 'sub/z']) },
    ]),
  );
  await expect(snapshots.content(session, '.env')).rejects.toThrow('secret');
  await expect(snapshots.content(session, 'dist/a')).rejects.toThrow('no file that is shown');
});

test('a file that is known stays covered when a .gitignore names it later, and what was ignored is not called new', async () => {
  const { changed, seen, session, snapshots, start, read, write } = openSnapshots();
  write('.gitignore', 'data\n');
  write('data', 'precious');
  write('a', '1');
  await start();
  write('.gitignore', 'a\n');
  write('a', '2');
  write('data', 'precious, and more');
  expect((await changed()).map(([path]) => path)).toEqual(['.gitignore', 'a']);
  await snapshots.revert(session, { to: 'start', seen: await seen() });
  expect([read('a'), read('data')]).toEqual(['1', 'precious, and more']);
});

test('of what is too large, too much or too many it says so, and never takes it away', async () => {
  const { changed, seen, session, snapshots, start, read, write } = openSnapshots({
    maxFileBytes: 10_000,
    maxSessionBytes: 30_000,
    maxFiles: 4,
  });
  write('a', 'x'.repeat(10_000));
  write('b', 'y'.repeat(10_000));
  write('c', 'z'.repeat(10_000));
  write('large', 'l'.repeat(10_001));
  await start();
  write('large', 'L'.repeat(10_002));
  write('c', 'Z'.repeat(9_999));
  write('more', 'm');
  const { files, partial } = await snapshots.changes(session, 'start');
  expect(files.map(({ path, isRevertible }) => [path, isRevertible])).toContainEqual(['large', false]);
  expect(partial).toBe('too_many');
  const { left } = await snapshots.revert(session, { to: 'start', seen: await seen() });
  expect(left).toContainEqual({ path: 'large', reason: 'not_held' });
  expect([read('large'), read('more')]).toEqual(['L'.repeat(10_002), 'm']);
  expect((await changed()).length).toBeGreaterThan(0);
});

test('is full with its log as well, says so, and puts nothing back that could not be undone', async () => {
  const { read, root, session, snapshots, start, turn, write } = openSnapshots({ maxSessionBytes: 4_000 });
  await start();
  for (let index = 0; index < 20; index++) await turn(`turn_${index}`, () => write('a', `${index}`));
  write('b', 'new');
  const { leftOut, state } = await snapshots.changes(session, 'start');
  expect(leftOut).toEqual([{ reason: 'full', count: 2, examples: expect.arrayContaining(['a', 'b']) }]);
  expect(statSync(join(root, 'snapshots/session/snapshots.ndjson')).size).toBeLessThanOrEqual(4_000);
  const refused = { code: 'INVALID_MESSAGE', details: { reason: 'full' } };
  await expect(snapshots.revert(session, { to: 'start', seen: state })).rejects.toMatchObject(refused);
  expect([read('a'), read('b')]).toEqual(['19', 'new']);
});

test('a file goes back to how it was, with its rights, and forth again', async () => {
  const { read, seen, session, snapshots, start, turn, workDir, write } = openSnapshots();
  write('run', '#!/bin/sh\n');
  chmodSync(join(workDir, 'run'), 0o755);
  await start();
  await turn('turn_1', () => write('run', 'broken'));
  await turn('turn_2', () => write('run', 'more broken'));
  const { restored, undo } = await snapshots.revert(session, {
    ...{ to: 'turn_2', path: 'run', seen: await seen('run') },
  });
  expect(restored).toEqual([{ path: 'run', kind: 'modified', sha256: await seen('run') }]);
  expect(read('run')).toBe('broken');
  await snapshots.revert(session, { to: 'start', path: 'run', seen: await seen('run') });
  expect(read('run')).toBe('#!/bin/sh\n');
  expect(statSync(join(workDir, 'run')).mode & 0o777).toBe(0o755);
  await snapshots.revert(session, { to: undo, path: 'run', seen: await seen('run') });
  expect(read('run')).toBe('more broken');
});

test('refuses to lose what was changed since it was looked at, unless told', async () => {
  const { read, seen, session, snapshots, start, write } = openSnapshots();
  write('a', '1');
  await start();
  write('a', '2');
  const looked = await seen('a');
  const all = await seen();
  write('a', '3');
  for (const request of [
    { to: 'start', path: 'a', seen: looked },
    { to: 'start', seen: all },
  ])
    await expect(snapshots.revert(session, request)).rejects.toMatchObject({
      details: { reason: 'changed' },
    });
  expect(read('a')).toBe('3');
  await snapshots.revert(session, { to: 'start', path: 'a', seen: looked, force: true });
  expect(read('a')).toBe('1');
});

test('[F3] never writes, reads or removes through a link, whatever stands in its way', async () => {
  const { remove, root, session, snapshots, start, workDir, write } = openSnapshots();
  const outside = join(root, 'outside');
  mkdirSync(outside);
  write('dir/a', 'mine');
  write('b', 'mine too');
  write('c', 'a file');
  await start();
  remove('dir');
  symlinkSync(outside, join(workDir, 'dir'));
  remove('b');
  symlinkSync(join(outside, 'b'), join(workDir, 'b'));
  remove('c');
  write('c/full', 'x');
  const { left } = await snapshots.revert(session, { to: 'start', seen: null, force: true });
  expect(left).toEqual([
    { path: 'b', reason: 'link' },
    { path: 'dir/a', reason: 'link' },
  ]);
  expect(readdirSync(outside)).toEqual([]);
  expect(readFileSync(join(workDir, 'c'), 'utf8')).toBe('a file');
  for (const path of ['../work/c', 'dir/a', '/etc/passwd', ''])
    await expect(snapshots.content(session, path)).rejects.toMatchObject({ code: 'INVALID_MESSAGE' });
});

test('[F5] what tools obey is shown and never put back; what only holds its place is no change', async () => {
  const { changed, read, seen, session, snapshots, start, turn, write } = openSnapshots();
  await start();
  await turn('turn_1', () => write('.mcp.json', '{}\n'));
  expect(await changed()).toEqual([]);
  expect((await snapshots.changes(session, 'start')).turns).toEqual([{ id: 'turn_1', files: 0 }]);
  await turn('turn_2', () => write('.mcp.json', '{ "mcpServers": {} }\n'));
  const { files } = await snapshots.changes(session, 'start');
  expect(files).toMatchObject([{ path: '.mcp.json', isRevertible: false }]);
  for (const path of [undefined, '.mcp.json']) {
    const request = { to: 'start', seen: await seen(path), ...(path === undefined ? {} : { path }) };
    const { left, restored } = await snapshots.revert(session, request);
    expect({ left, restored }).toEqual({
      left: [{ path: '.mcp.json', reason: 'protected' }],
      restored: [],
    });
  }
  expect(read('.mcp.json')).toContain('mcpServers');
});

test('touches nothing of git: not its index, not its configuration, and runs nothing of it', async () => {
  const { seen, session, snapshots, start, turn, workDir, write } = openSnapshots();
  const git = (...args: string[]) => execFileSync('git', args, { cwd: workDir, encoding: 'utf8' });
  git('init', '--quiet');
  write('a', '1');
  git('add', 'a');
  const index = readFileSync(join(workDir, '.git/index'));
  await start();
  await turn('turn_1', () => write('a', '2'));
  await snapshots.revert(session, { to: 'turn_1', seen: await seen() });
  expect(readFileSync(join(workDir, '.git/index'))).toEqual(index);
  expect(git('diff', '--name-only')).toBe('');
});

test('what is taken down outlives the gateway, and a line that a crash cut off does not harm it', async () => {
  const { changed, reopen, root, session, start, turn, write } = openSnapshots();
  write('a', '1');
  await start();
  await turn('turn_1', () => write('a', '2'));
  const before = await changed();
  const log = join(root, 'snapshots/session/snapshots.ndjson');
  appendFileSync(log, '\n{"kind":"turn","name":"tu');
  const next = reopen();
  next.beginTurn(session, 'turn_2');
  await next.settled();
  const { files, turns } = await next.changes(session, 'start');
  expect(files.map(({ path, kind, lines }) => [path, kind, lines?.added, lines?.removed])).toEqual(before);
  expect(turns).toEqual([{ id: 'turn_1', files: 1 }]);
  expect((await next.changes(session, 'turn_2')).files).toEqual([]);
});

test('a file that the agent is quicker to change than we are to look counts as it was before', async () => {
  const { changed, session, snapshots, start, remove, write } = openSnapshots();
  write('a', 'before');
  write('d/e', 'before');
  await start();
  snapshots.beginTurn(session, 'turn_1');
  write('a', 'after');
  write('new', 'after');
  remove('d/e');
  await snapshots.settled();
  expect(await changed('turn_1')).toEqual([
    ['a', 'modified', 1, 1],
    ['d/e', 'deleted', 0, 1],
    ['new', 'added', 1, 0],
  ]);
});

test('goes with its session: a branch in the same folder has it too, a deleted one leaves nothing', async () => {
  const { root, session, snapshots, start, turn, write } = openSnapshots();
  await start();
  await turn('turn_1', () => write('a', '1'));
  const branch = { ...session, id: 'branch' };
  snapshots.copyAll(session, branch);
  snapshots.beginTurn(session, 'turn_2');
  const removal = snapshots.removeAll(session.id);
  await snapshots.settled();
  expect(existsSync(join(root, 'snapshots/session'))).toBe(false);
  await removal;
  expect((await snapshots.changes(branch, 'turn_1')).files.map(({ path }) => path)).toEqual(['a']);
});

test('a branch has what is being taken down while it begins, and each content is on the disk once', async () => {
  const { root, session, snapshots, start, write } = openSnapshots();
  write('a', 'before');
  await start();
  snapshots.beginTurn(session, 'turn_1');
  write('a', 'after');
  snapshots.endTurn(session, 'turn_1');
  const branch = { ...session, id: 'branch' };
  snapshots.copyAll(session, branch);
  await snapshots.settled();
  expect(await snapshots.diff(branch, { since: 'turn_1', path: 'a' })).toMatchObject({
    sides: { before: 'before', after: 'after' },
  });
  const own = join(root, 'snapshots/branch/contents');
  expect(readdirSync(own).map((name) => statSync(join(own, name)).nlink)).toEqual([2, 2]);
});

test('a branch begins anew where nothing can be copied, and is not refused for that', async () => {
  const { root, session, snapshots, start, turn, write } = openSnapshots();
  await start();
  await turn('turn_1', () => write('a', '1'));
  // A disk that is full fails in the same places, but not at will.
  mkdirSync(join(root, 'snapshots/session/contents', 'f'.repeat(64)));
  writeFileSync(join(root, 'snapshots/other'), 'no folder');
  const branch = { ...session, id: 'branch' };
  snapshots.copyAll(session, { ...session, id: 'other' });
  snapshots.copyAll(session, branch);
  await snapshots.settled();
  expect(await snapshots.changes(branch, 'start')).toMatchObject({ files: [], turns: [] });
});

test('where no snapshots are taken, a branch copies none', async () => {
  const { reopen, root, session, start } = openSnapshots();
  await start();
  const next = reopen({ isEnabled: false });
  next.copyAll(session, { ...session, id: 'branch' });
  await next.settled();
  expect(existsSync(join(root, 'snapshots/branch'))).toBe(false);
});

test('a deletion in the middle of a look takes nothing of the session that has the id next', async () => {
  const { read, root, seen, session, snapshots, write } = openSnapshots();
  const paths = Array.from({ length: 80 }, (_, at) => `file-${at}`);
  for (const path of paths) write(path, path);
  snapshots.start(session);
  const held = join(root, 'snapshots/session/contents');
  await expect.poll(() => existsSync(held), { interval: 1 }).toBe(true);
  const removal = snapshots.removeAll(session.id);
  snapshots.start(session);
  snapshots.beginTurn(session, 'turn_1');
  await Promise.all([removal, snapshots.settled()]);
  for (const path of paths) write(path, 'changed');
  const { left } = await snapshots.revert(session, { to: 'start', seen: await seen() });
  expect(left).toEqual([]);
  expect(paths.map(read)).toEqual(paths);
});

test('turns that follow each other faster than we look are still told apart', async () => {
  const { changed, session, snapshots, start, write } = openSnapshots();
  write('a', 'before\n');
  await start();
  for (const turn of ['turn_1', 'turn_2', 'turn_3']) {
    snapshots.beginTurn(session, turn);
    write(turn, 'new\n');
    snapshots.endTurn(session, turn);
  }
  await snapshots.settled();
  for (const turn of ['turn_1', 'turn_2', 'turn_3'])
    expect(await changed(turn)).toEqual([[turn, 'added', 1, 0]]);
});

test('a work dir that is gone, or leads elsewhere by now, is refused in words', async () => {
  const { remove, root, session, snapshots, start, workDir } = openSnapshots();
  await start();
  remove('.');
  const refused = { code: 'INVALID_MESSAGE', details: { reason: 'work_dir' } };
  await expect(snapshots.changes(session, 'start')).rejects.toMatchObject(refused);
  symlinkSync(root, workDir);
  await expect(snapshots.changes(session, 'start')).rejects.toMatchObject(refused);
});
