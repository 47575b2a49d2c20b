/** The code of what SQLite or the file system threw (`SQLITE_FULL`, `EACCES`), or nothing. */
export function failureCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
