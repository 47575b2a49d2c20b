import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Clock } from '../../ground/clock.ts';
import type { SpawnProcess } from '../../process/child-process.ts';
import type { Availability } from '../worker.ts';
import { toClaudeEnvironment } from './environment.ts';

export const install = 'npm install -g @anthropic-ai/claude-code@2.1.330';

type Environment = Readonly<Record<string, string | undefined>>;
export type Found = { path: string } | { reason: string };

/**
 * The CLI's binary: the configured path, else CLAUDE_BIN, else `claude` in PATH. Only absolute folders are searched,
 * so that no work dir can put a program of that name in the way.
 */
export function findClaude(options: { command?: string; environment: Environment }): Found {
  const { environment } = options;
  const command = options.command ?? environment.CLAUDE_BIN ?? 'claude';
  if (command.includes('/')) {
    if (!isAbsolute(command)) return { reason: `${command} must be an absolute path` };
    return isProgram(command) ? { path: command } : { reason: `${command} is not a program that may be run` };
  }
  const folders = (environment.PATH ?? '').split(delimiter).filter(isAbsolute);
  const path = folders.map((folder) => join(folder, command)).find(isProgram);
  return path ? { path } : { reason: `${command} was not found in PATH` };
}

export type LocateOptions = {
  command?: string;
  environment: Environment;
  spawn: SpawnProcess;
  clock: Clock;
};

const versionMs = 20_000;

/** Looks for the CLI and asks it for its version; asks again only when the file changed. Never throws. */
export function createLocate(options: LocateOptions): () => Promise<Availability> {
  let known: { key: string; availability: Promise<Availability> } | undefined;
  return async () => {
    const found = findClaude(options);
    if ('reason' in found) return { available: false, reason: found.reason, install };
    const key = `${found.path} ${fileKey(found.path)}`;
    if (known?.key !== key) known = { key, availability: askVersion(found.path, options) };
    return known.availability;
  };
}

function askVersion(path: string, { environment, spawn, clock }: LocateOptions): Promise<Availability> {
  return new Promise((resolve) => {
    const said: string[] = [];
    const child = spawn(
      { file: path, args: ['--version'], cwd: '/', env: toClaudeEnvironment(environment) },
      {
        onLines: (lines) => said.push(...lines),
        onExit: ({ reason, code, message, stderr }) => {
          patience.cancel();
          if (reason === 'exited' && code === 0) {
            const version = /\d+\.\d+\.\d+[^\s]*/.exec(said.join(' '))?.[0] ?? null;
            return resolve({ available: true, version, path });
          }
          const cause = message ?? stderr.trim().split('\n')[0] ?? '';
          resolve({ available: false, reason: cause || `${path} --version failed`, install });
        },
      },
    );
    const patience = clock.after(versionMs, () => void child.stop());
    child.closeInput();
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function fileKey(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return 'gone';
  }
}
