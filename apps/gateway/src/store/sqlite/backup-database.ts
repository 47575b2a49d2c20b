import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { StartError } from '../../ground/start-error.ts';
import { connectSqlite } from './connect-sqlite.ts';
import { failureCode } from './failure-code.ts';
import { applicationId } from './schema-identity.ts';
import { toStartError } from './to-start-error.ts';

/** Copied at once; between two pieces the process can be interrupted. */
const pagesAtOnce = 1_000;
/** A gateway that empties its log may hold the lock for a moment. */
const patienceMs = 10_000;

/**
 * Copies the database of a gateway, running or not, as it is at one moment, into a new file that only its owner can read.
 * The file appears when the copy is whole and checked. Returns its bytes; `progress` hears how much of it is copied, from
 * 0 to 1. Throws StartError, and then there is no file.
 */
export async function backupDatabase(
  path: string,
  target: string,
  progress: (share: number) => void = () => {},
): Promise<number> {
  if (!existsSync(path)) {
    throw new StartError(`there is no database ${path}: name the gateway’s with --config or HOTPLEX_DB_PATH`);
  }
  if (lstatSync(target, { throwIfNoEntry: false })) throw existing(target);
  const draft = `${target}.${process.pid}.part`;
  try {
    closeSync(openSync(draft, 'wx', 0o600));
    await copy(path, draft, progress);
    check(draft);
    beginAnew(draft);
    flush(draft);
    publish(draft, target);
    return statSync(target).size;
  } catch (error) {
    throw toStartError(target, error);
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${draft}${suffix}`, { force: true });
  }
}

/** NOTE: without a snapshot of its own SQLite begins a copy anew whenever another process writes: under load, for ever. */
async function copy(path: string, draft: string, progress: (share: number) => void): Promise<void> {
  const source = connectSqlite(path, { readonly: true, busyTimeoutMs: patienceMs });
  try {
    source.exec('begin');
    source.prepare('select count(*) from sqlite_schema').get();
    await source.backup(draft, {
      progress({ totalPages, remainingPages }) {
        progress(1 - remainingPages / totalPages);
        return pagesAtOnce;
      },
    });
  } catch (error) {
    throw toStartError(path, error);
  } finally {
    source.close();
  }
}

/** A copy that cannot be restored is none: every page and every reference is looked at. */
function check(draft: string): void {
  const connection = connectSqlite(draft);
  try {
    // One file, without a log beside it.
    connection.pragma('journal_mode = delete');
    if (connection.pragma('application_id', { simple: true }) !== applicationId)
      throw new StartError(
        'this is no database of HotPlex: name the gateway’s with --config or HOTPLEX_DB_PATH',
      );
    const verdict = connection.pragma('integrity_check(1)', { simple: true });
    const broken = connection.pragma('foreign_key_check') as unknown[];
    if (verdict !== 'ok' || broken.length > 0)
      throw new StartError(
        'the database is damaged and was not copied: stop the gateway and restore a backup',
        {
          cause: new Error(String(verdict)),
        },
      );
  } finally {
    connection.close();
  }
}

/**
 * What is written after a restore has the numbers of what was written here after the copy: each log gets another epoch, so
 * that clients notice. And the agents of now have gone on: nobody takes them over from where they were.
 */
function beginAnew(draft: string): void {
  const connection = connectSqlite(draft);
  try {
    connection.exec('update sessions set epoch = lower(hex(randomblob(16)))');
    connection.exec('delete from workers');
  } finally {
    connection.close();
  }
}

function flush(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Gives the file its name unless somebody else has taken it meanwhile. */
function publish(draft: string, target: string): void {
  try {
    linkSync(draft, target);
  } catch (error) {
    if (failureCode(error) === 'EEXIST') throw existing(target);
    // Some file systems, on memory sticks for one, have no second names.
    if (existsSync(target)) throw existing(target);
    renameSync(draft, target);
  }
  if (process.platform !== 'win32') flushFolder(dirname(target));
}

function flushFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function existing(target: string): StartError {
  return new StartError(`${target} is there already: name a new file, nothing is overwritten`);
}
