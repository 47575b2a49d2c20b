import type { Clock } from '../ground/clock.ts';
import { fileStamp } from '../ground/file-stamp.ts';
import type { SpawnProcess } from '../process/child-process.ts';
import type { Found } from './find-program.ts';
import type { Availability } from './worker.ts';

export type LocateOptions = {
  find: () => Found;
  /** The command line that installs what is missing, for people to copy. */
  install: string;
  /** The whole environment of the program. */
  env: Readonly<Record<string, string>>;
  /** Makes the program print its version; default `--version`. */
  versionArgs?: readonly string[];
  spawn: SpawnProcess;
  clock: Clock;
};

const versionMs = 20_000;

/** Looks for an agent's program and asks it for its version; asks again only when the file changed. Never throws. */
export function createLocate(options: LocateOptions): () => Promise<Availability> {
  const { find, install } = options;
  let known: { key: string; availability: Promise<Availability> } | undefined;
  return async () => {
    const found = find();
    if ('reason' in found) return { available: false, reason: found.reason, install };
    const key = `${found.path} ${fileStamp(found.path)}`;
    if (known?.key !== key) known = { key, availability: askVersion(found.path, options) };
    return known.availability;
  };
}

function askVersion(path: string, options: LocateOptions): Promise<Availability> {
  const { env, versionArgs = ['--version'], install, spawn, clock } = options;
  return new Promise((resolve) => {
    const said: string[] = [];
    const child = spawn(
      { file: path, args: [...versionArgs], cwd: '/', env },
      {
        onLines: (lines) => said.push(...lines),
        onExit: ({ reason, code, message, stderr }) => {
          patience.cancel();
          if (reason === 'exited' && code === 0) {
            const version = /\d+\.\d+\.\d+[^\s]*/.exec(said.join(' '))?.[0] ?? null;
            return resolve({ available: true, version, path });
          }
          const cause = message ?? stderr.trim().split('\n')[0] ?? '';
          resolve({ available: false, reason: cause || `${path} ${versionArgs.join(' ')} failed`, install });
        },
      },
    );
    const patience = clock.after(versionMs, () => void child.stop());
    child.closeInput();
  });
}
