import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The Go SDK, and the module of the conformance kit's runner. */
export const goModules = {
  sdk: fileURLToPath(new URL('../../sdks/go', import.meta.url)),
  runner: fileURLToPath(new URL('../../conformance/runners/go', import.meta.url)),
};

export type GoToolchain = Disposable & {
  /** An empty folder for what is built. */
  folder: string;
  /** Runs a program of the toolchain. Rejects with what it printed when it ends with another code than 0. */
  run(command: string, args: readonly string[], options?: RunOptions): Promise<string>;
  /** Arguments of `go test`: with the race detector where there is the C compiler that it needs. */
  race: readonly string[];
};

type RunOptions = { cwd?: string; env?: Record<string, string> };

/** The Go that is installed here, and a folder for what it makes. */
export async function openGoToolchain(): Promise<GoToolchain> {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-go-'));
  const toolchain: GoToolchain = {
    ...{ folder, race: [] },
    async run(command, args, { cwd = goModules.sdk, env = {} } = {}) {
      const settings = { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1_024 * 1_024 };
      const { stdout } = await run(command, args, settings).catch(({ stdout: said, stderr, message }) => {
        throw new Error(`${command} ${args.join(' ')}: ${message}\n${said}\n${stderr}`);
      });
      return stdout;
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
  const hasCompiler = (await toolchain.run('go', ['env', 'CGO_ENABLED'])).trim() === '1';
  if (!hasCompiler) console.log('left out: the race detector of Go (install a C compiler)');
  return { ...toolchain, race: hasCompiler ? ['-race'] : [] };
}
