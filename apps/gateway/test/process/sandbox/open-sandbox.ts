import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcessNeeds } from '../../../src/process/child-process.ts';
import { findTool } from '../../../src/process/find-tool.ts';
import type { Isolation } from '../../../src/process/isolation.ts';
import { createSandbox, type SandboxOptions } from '../../../src/process/sandbox/sandbox.ts';
import { guardedByDefault } from '../../../src/settings/isolation-settings.ts';
import { type Fake, type StartOptions, startFake } from '../start-fake.ts';

/** A machine in a folder: a home with a sign-in, the gateway's data, two work dirs, and the sandbox of a gateway there. */
export type SandboxBench = Disposable & {
  root: string;
  home: string;
  /** The gateway's own, with a file `signing-key.json`. */
  dataDir: string;
  workDir: string;
  /** Of another session, with a file `notes.txt`. */
  otherWorkDir: string;
  needs: ProcessNeeds;
  isolation: Isolation;
  /** Runs a line of shell in the sandbox. */
  start(script: string, options?: StartOptions & { stdio?: 'pipe' | 'spool' }): Fake;
  /** What a line of shell in the sandbox prints. */
  run(script: string, options?: StartOptions): Promise<string>;
};

export function openSandbox(options: Partial<SandboxOptions> = {}): SandboxBench {
  const bwrap = findTool('bwrap');
  if (bwrap === undefined)
    throw new Error('install bubblewrap: the walls of the sandbox cannot be tested without it');
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'sandbox-')));
  const [home, dataDir, workDir, otherWorkDir] = ['home', 'data', 'work', 'other'].map((name) =>
    join(root, name),
  ) as [string, string, string, string];
  const state = join(home, '.agent');
  for (const folder of [home, dataDir, workDir, otherWorkDir, state, join(home, '.ssh')]) mkdirSync(folder);
  writeFileSync(join(home, '.ssh', 'id_ed25519'), 'the key of the user\n');
  writeFileSync(join(dataDir, 'signing-key.json'), 'the key of the gateway\n');
  writeFileSync(join(otherWorkDir, 'notes.txt'), 'of somebody else\n');
  const isolation = createSandbox({
    ...{ bwrap, network: 'open', hidden: [dataDir], readable: [], writable: [] },
    guardedNames: guardedByDefault,
    ...options,
  });
  const needs = { workDir, state: [{ path: state, readOnly: ['settings.json'], own: ['snapshots'] }] };
  const start: SandboxBench['start'] = (script, given = {}) =>
    startFake('', {
      file: '/bin/sh',
      args: ['-c', script],
      cwd: workDir,
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin', HOME: home },
      ...{ needs, isolation },
      ...given,
    });
  return {
    ...{ root, home, dataDir, workDir, otherWorkDir, needs, isolation, start },
    async run(script, given) {
      await using fake = start(`{ ${script}\n} 2>&1`, given);
      fake.process.closeInput();
      await fake.exit;
      return fake.lines.join('\n');
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}
