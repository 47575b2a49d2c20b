import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { access, copyFile, link, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ids } from '../ground/ids.ts';
import type { Room } from './room.ts';

type BlobsOptions = {
  /** Absolute; made when it is needed. */
  folder: string;
  room: Room;
  ids: Ids;
};

const sha256Name = /^[0-9a-f]{64}$/;

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

  /** Holds all that another holds. Nobody writes into a content, so that both can have the same file. */
  async putAll(other: Blobs): Promise<void> {
    const { folder, room, ids } = this.#options;
    const from = other.#options.folder;
    const names = (await exists(from)) ? await readdir(from) : [];
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const name of names.filter((each) => sha256Name.test(each))) {
      const path = join(folder, name);
      await link(join(from, name), path).catch(async () => {
        // Not every file system has links, nor any number of them.
        const draft = `${path}.${ids.uuid()}`;
        await copyFile(join(from, name), draft);
        await rename(draft, path);
      });
    }
    room.recount();
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
