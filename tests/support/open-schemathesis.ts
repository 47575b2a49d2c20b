import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const version = '4.32.5';

/** What it takes for a refusal of something that does not fit; by itself it knows fewer. */
const config = `[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 409, 411, 413, 415, 421, 422, 429, 431, "5xx"]
`;

export type Schemathesis = Disposable & {
  /** Asks an API whatever its description lets one ask, and some of what it does not. What it found; empty: nothing. */
  fuzz(api: { document: object; url: string; token: string; exclude: readonly string[] }): Promise<string>;
};

/** The fuzzer of OpenAPI descriptions, in an environment of its own: https://schemathesis.readthedocs.io */
export async function openSchemathesis(): Promise<Schemathesis> {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-fuzz-'));
  const bin = (name: string) => join(folder, 'venv', 'bin', name);
  try {
    writeFileSync(join(folder, 'schemathesis.toml'), config);
    await run(process.env.PYTHON ?? 'python3', ['-m', 'venv', join(folder, 'venv')]);
    const pip = ['-m', 'pip', '--disable-pip-version-check', '--quiet', 'install'];
    await run(bin('python'), [...pip, `schemathesis==${version}`]);
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  return {
    async fuzz({ document, url, token, exclude }) {
      const file = join(folder, 'openapi.json');
      writeFileSync(file, JSON.stringify(document));
      const args = [
        ...['run', file, '--url', url, '--header', `Authorization: Bearer ${token}`],
        ...['--phases', 'coverage,fuzzing', '--max-examples', '5', '--max-redirects', '0', '--no-color'],
        // The same questions each time: a run that fails is a change that made it fail.
        ...['--seed', '8'],
        // Who may ask has tests of its own, and guesses would lock this client out. That a text has the shape of a cursor
        // does not mean that somebody gave it out. Where one path matches two routes, Allow has the methods of both.
        ...['--exclude-checks', 'ignored_auth,positive_data_acceptance,allow_header_conformance'],
        '--continue-on-failure',
        ...exclude.flatMap((path) => ['--exclude-path', path]),
      ];
      const settings = { cwd: folder, maxBuffer: 64 * 1_024 * 1_024 };
      return run(bin('schemathesis'), args, settings).then(
        () => '',
        ({ stdout, stderr }) => `${stdout}${stderr}`,
      );
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
