import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import cases from '../cases/path-cases.json' with { type: 'json' };

const { fixture } = cases;

export type PathTree = Disposable & { root: string; proj: string; expand(path: string): string };

/** The tree of the path cases: a work dir full of traps, and what lies outside of it. */
export function growPathTree(): PathTree {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'paths-')));
  const expand = (path: string) => path.replaceAll('{F}', root);
  for (const dir of fixture.dirs) mkdirSync(join(root, dir), { recursive: true });
  for (const [path, text] of Object.entries(fixture.files)) writeFileSync(join(root, path), text);
  for (const [path, target] of Object.entries(fixture.symlinks))
    symlinkSync(expand(target), join(root, path));
  for (const [path, target] of Object.entries(fixture.hardlinks))
    linkSync(join(root, target), join(root, path));
  execFileSync('mkfifo', [join(root, 'allowed/proj/fifo')]);
  const huge = join(root, 'allowed/proj/huge.bin');
  writeFileSync(huge, '');
  truncateSync(huge, 2 * 1024 ** 3);
  const server = openSocket(join(root, 'allowed/proj/sock'));
  return {
    ...{ root, expand, proj: join(root, 'allowed/proj') },
    [Symbol.dispose]() {
      server.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function openSocket(path: string): Server {
  mkdirSync(dirname(path), { recursive: true });
  return createServer().listen(path);
}
