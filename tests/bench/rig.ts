import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The programs in C that the bench is made of, by their paths. */
export type Rig = Disposable & { agent: string; relay: string; client: string };

const sources = fileURLToPath(new URL('rig', import.meta.url));
const programs = { agent: ['agent.c'], relay: ['relay.c'], client: ['client.c', 'frames.c', 'measure.c'] };

/** Compiles them, into a folder that goes with them. Throws where there is no compiler. */
export function buildRig(): Rig {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-rig-'));
  const build = (name: keyof typeof programs) => {
    const file = join(folder, name);
    const { error, status, stderr } = spawnSync(
      'cc',
      ['-O2', '-Wall', '-Wextra', '-o', file, ...programs[name]],
      { cwd: sources, encoding: 'utf8' },
    );
    if (error) throw new Error('the bench needs a C compiler: install gcc or clang so that there is a `cc`');
    if (status !== 0) throw new Error(`${name} does not compile:\n${stderr}`);
    return file;
  };
  return {
    ...{ agent: build('agent'), relay: build('relay'), client: build('client') },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
