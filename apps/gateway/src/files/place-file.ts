import { closeSync, constants, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GatewayError } from '../ground/gateway-error.ts';
import { descend } from '../ground/real-folder.ts';

/** In the work dir, so that an agent may read what it is given without asking; hidden, and of no interest to git. */
const top = ['.hotplex', 'attachments'] as const;

export type Placement = {
  /** The file to copy. */
  content: string;
  /** Absolute and real. */
  workDir: string;
  /** Below the folder of all attachments. */
  folders: readonly string[];
  name: string;
};

/**
 * Puts a read-only copy of a file into a work dir and returns its path. The work dir belongs to an agent, which may have
 * put links anywhere: none is followed (F3). Throws INVALID_MESSAGE saying what is in the way.
 */
export function placeFile({ content, workDir, folders, name }: Placement): string {
  const path = join(workDir, ...top, ...folders, name);
  try {
    descend(workDir, { names: [...top, ...folders], create: true }, (folder) => {
      rmSync(folder.at(name), { force: true });
      write(folder.at(name), readFileSync(content));
    });
    descend(workDir, { names: top.slice(0, 1), create: true }, (folder) => {
      rmSync(folder.at('.gitignore'), { force: true });
      write(folder.at('.gitignore'), '*\n');
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `the file cannot be put at ${path} (${code ?? 'a link is in the way'})`;
    throw new GatewayError('INVALID_MESSAGE', message, { cause: error });
  }
  return path;
}

/** Removes one placed file; what is in the way is left. */
export function removePlaced(workDir: string, [sessionId = '', fileId = '']: readonly string[]): void {
  attempt(() =>
    descend(workDir, { names: [...top, sessionId] }, (folder) =>
      rmSync(folder.at(fileId), { recursive: true, force: true }),
    ),
  );
}

/** Removes all that was placed for a session. */
export function clearPlaced(workDir: string, sessionId: string): void {
  attempt(() =>
    descend(workDir, { names: top }, (folder) =>
      rmSync(folder.at(sessionId), { recursive: true, force: true }),
    ),
  );
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // Nothing was placed, or the folder is not what we made.
  }
}

const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;

function write(path: string, content: Buffer | string): void {
  const fd = openSync(path, O_WRONLY | O_CREAT | O_EXCL | (O_NOFOLLOW ?? 0), 0o400);
  try {
    writeFileSync(fd, content);
  } finally {
    closeSync(fd);
  }
}
