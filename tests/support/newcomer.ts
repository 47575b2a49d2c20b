import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
/** Where the pages say that the gateway is. */
const address = 'http://127.0.0.1:8888';

/** Somebody who has a checkout, an empty home and the documentation. */
export type Newcomer = Disposable & {
  /** An empty folder to work in. */
  folder: string;
  /** The environment of a shell of theirs: the machine's own, in another home. */
  env: NodeJS.ProcessEnv;
  /** Types lines into one shell, and gives what it printed. Rejects with all of that when a line fails. */
  type(lines: string, options?: { cwd?: string; env?: Record<string, string> }): Promise<string>;
};

/** The shell lines below a heading of a page in docs/, block by block. */
export function shellBlocks(page: string, heading: string): string[] {
  const text = readFileSync(join(checkout, 'docs', page), 'utf8');
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  return Array.from(own.matchAll(/^```bash\n([\s\S]*?)^```$/gm), ([, lines = '']) => lines);
}

/** A newcomer to a gateway that runs elsewhere than the pages say, as tests do. */
export function createNewcomer({ url }: { url: string }): Newcomer {
  const root = mkdtempSync(join(tmpdir(), 'hotplex-newcomer-'));
  const [home, folder] = [join(root, 'home'), join(root, 'work')];
  for (const each of [home, folder]) mkdirSync(each);
  const own = Object.entries(process.env).filter(([name]) => !/^(npm|pnpm|vitest|hotplex)_/i.test(name));
  const env = {
    ...Object.fromEntries(own),
    HOME: home,
    // Registries that this machine is told to use.
    NPM_CONFIG_USERCONFIG: join(homedir(), '.npmrc'),
    // What it has fetched already is fetched once.
    PIP_CACHE_DIR: join(homedir(), '.cache/pip'),
    PIP_NO_COMPILE: '1',
    NPM_CONFIG_CACHE: join(homedir(), '.npm'),
    PATH: dirname(process.execPath) + delimiter + process.env.PATH,
  };
  return {
    ...{ folder, env },
    async type(lines, { cwd = folder, env: more = {} } = {}) {
      const typed = lines.replaceAll(address, url);
      const settings = { cwd, env: { ...env, HOTPLEX: checkout, ...more }, maxBuffer: 64 * 1_024 * 1_024 };
      const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', typed], settings).catch(
        ({ stdout: said, stderr }) => {
          throw new Error(`${typed}\n${said}\n${stderr}`);
        },
      );
      return stdout;
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}
