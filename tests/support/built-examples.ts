import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { endsWithUs } from '../../apps/gateway/test/support/ends-with-us.ts';
import { packPackages, runTool, toolEnvironment } from './packed-packages.ts';
import { serveFolder } from './serve-folder.ts';

const examples = fileURLToPath(new URL('../../packages/ai-sdk-transport/examples', import.meta.url));

/** What is built once and thrown away leaves nothing for a next time. */
const withoutCache = 'export default { experimental: { turbopackFileSystemCacheForBuild: false } };\n';

type Options = {
  /** Those that Vite builds, and `next`. */
  apps: readonly string[];
  sitePort: number;
  nextPort: number;
  env: Record<string, string>;
};

/**
 * The example apps as a stranger has them: in a folder of their own, with our packages from their tarballs. Those that
 * Vite builds are served at one port, below their names; the one of Next.js by its own server at the other.
 */
export async function buildExamples({ apps, sitePort, nextPort, env }: Options): Promise<AsyncDisposable> {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-examples-'));
  await using opened = new AsyncDisposableStack();
  opened.defer(() => rmSync(folder, { recursive: true, force: true }));
  await install(folder);
  const next = join(folder, 'next');
  const buildPages = async () => {
    for (const app of apps.filter((each) => each !== 'next')) {
      const options = ['--base=./', `--outDir=../site/${app}`];
      await runTool('pnpm', ['run', 'build', ...options], { cwd: join(folder, app), env });
    }
  };
  const buildNext = async () => {
    writeFileSync(join(next, 'next.config.mjs'), withoutCache);
    await runTool('pnpm', ['run', 'build'], { cwd: next, env });
  };
  await Promise.all([buildPages(), apps.includes('next') && buildNext()]);
  opened.use(await serveFolder(join(folder, 'site'), sitePort));
  if (apps.includes('next')) opened.use(await startNext(next, nextPort, env));
  return opened.move();
}

/** What is installed beside our packages is what the lockfile of the examples says. */
async function install(folder: string): Promise<void> {
  const isSource = (path: string) => !/[/\\](node_modules|dist|\.next)$/.test(path);
  cpSync(examples, folder, { recursive: true, filter: isSource });
  const tarballs = await packPackages(join(folder, 'tarballs'));
  const file = join(folder, 'pnpm-workspace.yaml');
  const workspace = parse(readFileSync(file, 'utf8')) as { overrides: Record<string, string> };
  for (const [name, path] of tarballs) workspace.overrides[`@hotplex/${name}`] = `file:${path}`;
  writeFileSync(file, stringify(workspace));
  await runTool('pnpm', ['install', '--prefer-offline', '--no-frozen-lockfile'], { cwd: folder });
}

async function startNext(cwd: string, port: number, env: Record<string, string>): Promise<AsyncDisposable> {
  const bin = join(cwd, 'node_modules/next/dist/bin/next');
  const args = [bin, 'start', '--hostname', '127.0.0.1', '--port', String(port)];
  const child = spawn(process.execPath, args, {
    ...{ cwd, env: { ...toolEnvironment(), ...env } },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endsWithUs(child);
  await isReady(child);
  return {
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      if (child.kill()) await exited;
    },
  };
}

async function isReady(child: ChildProcess): Promise<void> {
  for await (const text of child.stdout ?? []) {
    if (!/Ready in/.test(String(text))) continue;
    child.stdout?.on('data', () => {});
    return;
  }
  throw new Error('next ended before it was ready');
}
