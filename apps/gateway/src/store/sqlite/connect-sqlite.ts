import Database from 'better-sqlite3';

export type SqliteConnection = Database.Database;

type ConnectOptions = {
  readonly?: boolean;
  /** How long a lock held by another program may block this process, in milliseconds. Default 50. */
  busyTimeoutMs?: number;
};

/** Opens an existing file. The only place that knows which SQLite library is in use. */
export function connectSqlite(path: string, options: ConnectOptions = {}): SqliteConnection {
  return new Database(path, {
    readonly: options.readonly ?? false,
    fileMustExist: true,
    timeout: options.busyTimeoutMs ?? 50,
  });
}
