import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContentSecurityPolicy } from './content-security-policy.ts';
import { contentTypeOf } from './content-type.ts';

export type ExportedFile = {
  body: Buffer;
  contentType: string;
  /** Made when it is first asked for, like the policy: a start does not wait for what is asked of few files. */
  readonly etag: string;
  cacheControl: string;
  /** Of pages only: the policy for the host they are asked from. */
  readonly policy: ((host: string) => string) | undefined;
};

/**
 * A site's files by address path, read whole: afterwards a request can name only what is in this table,
 * and no path leads to the file system (F3). Links and hidden files are left out. Undefined if there is no such folder.
 */
export function loadExport(folder: string, hashed: string): ReadonlyMap<string, ExportedFile> | undefined {
  try {
    return new Map(
      filesBelow(folder, '').map((path) => [path, readExported(join(folder, path), path, hashed)]),
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
  }
}

/** NOTE: Node's own recursive listing goes through links to folders. */
function filesBelow(folder: string, path: string): string[] {
  const entries = readdirSync(join(folder, path), { withFileTypes: true });
  return entries
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((entry) => {
      const below = `${path}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(folder, below);
      return entry.isFile() ? [below] : [];
    });
}

function readExported(file: string, path: string, hashed: string): ExportedFile {
  const body = readFileSync(file);
  const contentType = contentTypeOf(path);
  const isPage = contentType.startsWith('text/html');
  let etag: string | undefined;
  let policy: ExportedFile['policy'];
  return {
    body,
    contentType,
    get etag() {
      etag ??= `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      return etag;
    },
    cacheControl: path.startsWith(hashed) ? 'public, max-age=31536000, immutable' : 'no-cache',
    get policy() {
      if (isPage) policy ??= createContentSecurityPolicy(body.toString());
      return policy;
    },
  };
}
