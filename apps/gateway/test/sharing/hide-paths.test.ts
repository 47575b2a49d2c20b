import { expect, test } from 'vitest';
import { hidePaths } from '../../src/sharing/hide-paths.ts';

const workDir = '/srv/alice/my project';

test.each([
  [`cat ${workDir}/src/a.ts`, 'cat ./src/a.ts'],
  [`cd ${workDir} && ls`, 'cd . && ls'],
  ['read /home/alice/.bashrc', 'read ~/.bashrc'],
  ['in /Users/alice/x and /root/y', 'in ~/x and ~/y'],
  ['C:\\Users\\alice\\x.txt', '~\\x.txt'],
  ['D:\\work\\secret\\x.txt is there', '…/x.txt is there'],
  ['error at /opt/company/build/tool.js:3', 'error at …/tool.js:3'],
  ['"/etc/ssl/private/"', '"…/private"'],
])('%j is told as %j', (text, expected) => {
  expect(hidePaths(text, workDir)).toBe(expected);
});

test.each(['https://example.com/a/b/c', 'src/a/b.ts and ./c/d', 'either/or', '1/2', 'run /help'])(
  '%j is no place of the machine',
  (text) => {
    expect(hidePaths(text, workDir)).toBe(text);
  },
);
