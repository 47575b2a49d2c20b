import type { WorkFolder, WorkFolderList } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { asPrefix, type FolderLook, folderLines, likeliest, lookAt } from '../../lib/folder-lines.ts';

const folderOf = (path: string): WorkFolder => ({
  ...{ name: path.slice(path.lastIndexOf('/') + 1), path, work_dir: true, repository: false },
});
const list: WorkFolderList = {
  ...{ path: '/home/ada', parent: '/home', work_dir: true, recent: [], complete: true },
  folders: ['/home/ada/my-api', '/home/ada/api', '/home/ada/docs'].map(folderOf),
};
const recent = ['/srv/api', '/srv/site'].map(folderOf);
const look = (change: Partial<FolderLook>) => ({ folder: '/home/ada', typed: '', isFirst: false, ...change });
const shown = (at: FolderLook, known = list) =>
  folderLines(at, { list: known, recent }).map(({ kind, path }) => `${kind} ${path}`);

test('of a path that is typed the folder is looked into, and the rest is a part of a name', () => {
  expect(lookAt('/home/ada/pr')).toEqual(look({ typed: 'pr' }));
  expect(lookAt(' /home/ada/ ')).toEqual(look({}));
  expect(lookAt('/ho')).toEqual(look({ folder: '/', typed: 'ho' }));
  expect(lookAt('/')).toEqual(look({ folder: '/' }));
  expect(['~', '~/'].map(lookAt)).toEqual([look({ folder: '~' }), look({ folder: '~' })]);
  expect(['', 'api'].map(lookAt)).toEqual(['', 'api'].map((typed) => look({ folder: undefined, typed })));
  expect(['/', '/a', '/a/'].map(asPrefix)).toEqual(['/', '/a/', '/a/']);
});

test('what was worked in last comes first where looking begins, and not in a folder', () => {
  const inside = ['folder /home/ada/my-api', 'folder /home/ada/api', 'folder /home/ada/docs'];
  expect(shown(look({}))).toEqual(['up /home', ...inside]);
  expect(shown(look({ isFirst: true }))).toEqual([
    'up /home',
    'recent /srv/api',
    'recent /srv/site',
    ...inside,
  ]);
  expect(shown(look({ folder: undefined, typed: 'site' }), { ...list, path: null, folders: [] })).toEqual([
    'recent /srv/site',
  ]);
});

test('letters narrow the list, and names that begin with them are likelier', () => {
  const lines = folderLines(look({ typed: 'AP' }), { list, recent });
  expect(lines.map(({ path }) => path)).toEqual(['/home', '/home/ada/api', '/home/ada/my-api']);
  expect(likeliest(lines, look({ typed: 'AP' }))).toBe(1);
  expect(likeliest(lines, look({ typed: 'api' }))).toBeUndefined();
  expect(likeliest(lines, look({}))).toBeUndefined();
  expect(
    likeliest(folderLines(look({ typed: 'x' }), { list, recent }), look({ typed: 'x' })),
  ).toBeUndefined();
});

test('from a folder that cannot be looked into one comes back to where looking begins', () => {
  expect(folderLines(look({}), { list: undefined, recent })).toEqual([{ kind: 'up', path: undefined }]);
});
