import { type ChildProcess as Child, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { isAbsolute } from 'node:path';
import type { Walled } from './isolation.ts';
import type { ProcessFolder } from './process-folder.ts';
import { markName } from './process-mark.ts';
import type { SpoolFiles } from './spool/spool-files.ts';
import { toStartFailure } from './start-failure.ts';

export type StartedChild =
  | { kind: 'piped'; child: ChildProcessWithoutNullStreams; pid: number }
  | { kind: 'spooled'; child: Child; pid: number; folder: ProcessFolder }
  | { kind: 'failed'; message: Promise<string> };

/**
 * Starts a program as the leader of a group and a session of its own, with no shell in between; with pipes if there are no
 * files for it.
 * NOTE: Node throws some spawn errors (a NUL byte, E2BIG) and emits others (ENOENT, EACCES).
 */
export function startChild(options: Walled, mark: string, files?: SpoolFiles): StartedChild {
  const { file, args, cwd } = options;
  if (!isAbsolute(file)) return failed(Promise.resolve(`${file} must be an absolute path`));
  const given = { cwd, env: { ...options.env, [markName]: mark }, shell: false, detached: true } as const;
  try {
    if (files) {
      const child = spawn(file, args, { ...given, stdio: files.stdio });
      if (child.pid === undefined) return failed(whyNot(child, options));
      return { kind: 'spooled', child, pid: child.pid, folder: files.folder };
    }
    const child = spawn(file, args, { ...given, stdio: 'pipe' });
    return child.pid === undefined
      ? failed(whyNot(child, options))
      : { kind: 'piped', child, pid: child.pid };
  } catch (error) {
    return failed(Promise.resolve(toStartFailure(error, options)));
  }
}

function failed(message: Promise<string>): StartedChild {
  return { kind: 'failed', message };
}

async function whyNot(child: Child, options: Walled): Promise<string> {
  const error = await new Promise<Error>((resolve) => child.once('error', resolve));
  return toStartFailure(error, options);
}
