import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/** What a database file and its log hold. Use it only while no store of this process has them open. */
export function fileDigests(path: string): string[] {
  return [path, `${path}-wal`]
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file))
    .filter((content) => content.length > 0)
    .map((content) => createHash('sha256').update(content).digest('hex'));
}
