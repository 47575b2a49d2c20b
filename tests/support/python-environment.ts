import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const sdk = fileURLToPath(new URL('../../sdks/python', import.meta.url));

export type PythonEnvironment = Disposable & {
  /** The interpreter, which has the SDK's wheel and what that asks for. */
  python: string;
  /** The environment of its programs: nothing of the checkout is on their path. */
  env: NodeJS.ProcessEnv;
  /** A copy of the SDK's folder: what Python leaves behind is left there. */
  folder: string;
  /** Adds packages. */
  install(...packages: string[]): Promise<void>;
  /** Runs Python in the copy. Rejects with what it printed when it ends with another code than 0. */
  run(args: readonly string[], env?: Record<string, string>): Promise<string>;
};

/** Builds the wheel of the Python SDK and installs it where nothing else is. */
export async function openPythonEnvironment(): Promise<PythonEnvironment> {
  const root = mkdtempSync(join(tmpdir(), 'hotplex-python-'));
  const folder = join(root, 'sdk');
  cpSync(sdk, folder, {
    recursive: true,
    filter: (path) => !/__pycache__|\.(mypy|pytest)_cache|\/dist$/.test(path),
  });
  const venv = join(root, 'venv');
  const python = join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const { PYTHONPATH: _, ...env } = process.env;
  const settings = { cwd: root, maxBuffer: 64 * 1_024 * 1_024 };
  const pip = ['-m', 'pip', '--disable-pip-version-check', '--quiet'];
  try {
    await run(process.env.PYTHON ?? 'python3', ['-m', 'venv', venv], { ...settings, env });
    await run(python, [...pip, 'wheel', '--no-deps', '--wheel-dir', root, folder], { ...settings, env });
    const wheel = readdirSync(root).find((name) => name.endsWith('.whl')) ?? 'no wheel';
    await run(python, [...pip, 'install', join(root, wheel)], { ...settings, env });
  } catch (error) {
    rmSync(root, { recursive: true });
    throw error;
  }
  return {
    ...{ python, env, folder },
    async install(...packages) {
      await run(python, [...pip, 'install', ...packages], { ...settings, env });
    },
    async run(args, more = {}) {
      const { stdout } = await run(python, args, {
        ...settings,
        cwd: folder,
        env: { ...env, ...more },
      }).catch(({ stdout: said, stderr }) => {
        throw new Error(`python ${args.join(' ')}:\n${said}\n${stderr}`);
      });
      return stdout;
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}
