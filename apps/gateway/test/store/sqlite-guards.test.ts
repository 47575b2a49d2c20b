import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/ground/clock.ts';
import { StartError } from '../../src/ground/start-error.ts';
import { connectSqlite } from '../../src/store/sqlite/connect-sqlite.ts';
import { applicationId } from '../../src/store/sqlite/schema-identity.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { fileDigests } from './support/file-digests.ts';
import { eventRecords, sessionRecord } from './support/records.ts';
import { startProgram } from './support/start-program.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const open = (path: string) => openSqliteStore({ path, clock: systemClock });
const newPath = () => join(temporaryFolder(), 'hotplex.db');

/** A database with some pages of events in it, closed. */
async function filledDatabase(): Promise<string> {
  const path = newPath();
  const store = await open(path);
  store.create(sessionRecord(), { events: eventRecords(1, 500) });
  store.close();
  return path;
}

function edit(path: string, statement: string): void {
  const connection = connectSqlite(path);
  connection.exec(statement);
  connection.close();
}

function overwrite(path: string, position: number, bytes: Buffer): void {
  const handle = openSync(path, 'r+');
  writeSync(handle, bytes, 0, bytes.length, position);
  closeSync(handle);
}

/** Opening fails with one sentence that has the path and `words`, and leaves the file as it was. */
async function expectRefusal(path: string, words: RegExp): Promise<void> {
  const before = fileDigests(path);
  const failure = await open(path).then(
    (store) => store.close(),
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(StartError);
  const { message } = failure as StartError;
  expect(message).toMatch(words);
  expect(message).toContain(dirname(path));
  expect(message).not.toMatch(/\n|\. /);
  expect(message).toContain('; ');
  expect(fileDigests(path)).toEqual(before);
}

describe('a file that is not a whole HotPlex database is refused and left alone', () => {
  it('[G12] garbage', async () => {
    const path = newPath();
    writeFileSync(path, 'this was never a database '.repeat(400));
    await expectRefusal(path, /is not a SQLite database; restore a backup, or move it away/);
  });

  it('[G12] an empty file', async () => {
    const path = newPath();
    writeFileSync(path, '');
    await expectRefusal(path, /is empty: its content is gone; restore a backup/);
    expect(readFileSync(path)).toHaveLength(0);
  });

  it('[G12] a file shorter than a header', async () => {
    const path = newPath();
    writeFileSync(path, 'SQLite format 3\0');
    await expectRefusal(path, /belongs to another program|damaged/);
  });

  it('[G12] a corrupt page', async () => {
    const path = await filledDatabase();
    const pageSize = 4096;
    const pages = readFileSync(path).length / pageSize;
    expect(pages).toBeGreaterThan(20);
    overwrite(path, (pages - 2) * pageSize, Buffer.alloc(64, 0xff));
    await expectRefusal(path, /is damaged; restore a backup/);
  });

  it('[G12] a file that lost its second half', async () => {
    const path = await filledDatabase();
    truncateSync(path, Math.floor(readFileSync(path).length / 8192) * 4096);
    await expectRefusal(path, /is damaged; restore a backup/);
  });

  it('[G12] a newer schema', async () => {
    const path = await filledDatabase();
    edit(path, "insert into kysely_migration values ('9999-from-the-future', '2036-01-01T00:00:00.000Z')");
    await expectRefusal(path, /written by a newer HotPlex \(schema 9999-from-the-future\); run that version/);
  });

  it('[G12] the database of another program', async () => {
    const path = newPath();
    writeFileSync(path, '');
    edit(path, 'create table theirs (a); pragma application_id = 77');
    await expectRefusal(path, /belongs to another program; set HOTPLEX_DB_PATH to another/);
  });

  it('[G12] a database without its tables', async () => {
    const path = newPath();
    writeFileSync(path, '');
    edit(path, `pragma application_id = ${applicationId}; create table something (a)`);
    await expectRefusal(path, /its tables are not the ones expected; restore a backup/);
  });

  it('[G12] a log whose database is gone', async () => {
    const path = newPath();
    const writer = startProgram('commit-forever', path);
    await writer.nextLine();
    await writer.kill();
    renameSync(path, `${path}.away`);
    await expectRefusal(path, /is missing but its log .*-wal is there; put the database back/);
    expect(existsSync(path)).toBe(false);
  });

  it('[G12] a refusal after a crash leaves the log for the version that can read it', async () => {
    const path = newPath();
    const writer = startProgram('commit-forever', path);
    await writer.nextLine();
    await writer.kill();
    overwrite(path, 68, Buffer.from([0, 0, 0, 9]));
    expect(fileDigests(path)).toHaveLength(2);
    await expectRefusal(path, /belongs to another program/);
  });

  it('[G12] a folder, and a link to nowhere', async () => {
    const path = newPath();
    mkdirSync(path);
    const failure = open(path);
    await expect(failure).rejects.toThrow(StartError);
    await expect(failure).rejects.toThrow(/is not a file; set HOTPLEX_DB_PATH to another/);

    const link = newPath();
    symlinkSync(join(dirname(link), 'not-mounted', 'hotplex.db'), link);
    await expectRefusal(link, /is a link to nowhere; mount or restore what it points to/);
  });
});

describe('a place that cannot be written is refused', () => {
  const refusalOf = (path: string) => startProgram('open-store', path, '--as-nobody').nextLine();
  const notAllowed = /^StartError: cannot use .*: this user may not read and write it; give it to the user/;

  it('[G12] a folder that may not be read, one that may not be written, and one below it', async () => {
    const outer = temporaryFolder();
    chmodSync(outer, 0o755);
    const folder = join(outer, 'data');
    mkdirSync(folder);
    for (const mode of [0o000, 0o555]) {
      chmodSync(folder, mode);
      expect(await refusalOf(join(folder, 'hotplex.db'))).toMatch(notAllowed);
      expect(await refusalOf(join(folder, 'below', 'hotplex.db'))).toMatch(notAllowed);
    }
    chmodSync(folder, 0o755);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('[G12] a database that may only be read', async () => {
    const path = await filledDatabase();
    chmodSync(dirname(path), 0o777);
    chmodSync(`${path}.lock`, 0o666);
    chmodSync(path, 0o444);
    const before = fileDigests(path);
    expect(await refusalOf(path)).toMatch(notAllowed);
    expect(fileDigests(path)).toEqual(before);
  });

  it('[G12] a path through a file', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(open(join(file, 'hotplex.db'))).rejects.toThrow(
      /a part of the path is not a folder; set HOTPLEX_DB_PATH/,
    );
  });
});
