import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ids } from '../ground/ids.ts';
import type { Room } from './room.ts';

type BlobsOptions = {
  /** Absolute; made when it is needed. */
  folder: string;
  room: Room;
  ids: Ids;
};

export const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** The contents of one session's files, each once, under its SHA-256. A crash leaves a whole one or a draft that nobody names. */
export class Blobs {
  readonly #options: BlobsOptions;

  constructor(options: BlobsOptions) {
    this.#options = options;
  }

  /** Holds a content and says its name; `null` if there is no room left. */
  async put(content: Uint8Array): Promise<string | null> {
    const { folder, room, ids } = this.#options;
    const sha256 = hashOf(content);
    const path = join(folder, sha256);
    if (await exists(path)) return sha256;
    if (!(await room.take(content.length, 'content'))) return null;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const draft = `${path}.${ids.uuid()}`;
    await writeFile(draft, content, { mode: 0o400 });
    await rename(draft, path);
    return sha256;
  }

  /** Undefined for one that is not held. */
  get(sha256: string): Buffer | undefined {
    try {
      return readFileSync(join(this.#options.folder, sha256));
    } catch {
      return undefined;
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
