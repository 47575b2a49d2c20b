import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Ids } from '../ground/ids.ts';
import { MediaTypeSniffer } from '../ground/sniff-media-type.ts';
import { toFileName } from './file-name.ts';
import { clearPlaced, placeFile, removePlaced } from './place-file.ts';

const fileRecord = z.object({
  id: z.string(),
  name: z.string(),
  mediaType: z.string(),
  /** Bytes. */
  size: z.number(),
  sha256: z.string(),
  /** Unix milliseconds. */
  createdAt: z.number(),
});
export type FileRecord = z.infer<typeof fileRecord>;

export type FileLimits = {
  maxFileBytes: number;
  /** Of all files of one session together. */
  maxSessionBytes: number;
  maxSessionFiles: number;
  mediaTypes: readonly string[];
};

type SessionFilesOptions = {
  /** Absolute; made when it is needed. */
  folder: string;
  limits: FileLimits;
  clock: Clock;
  ids: Ids;
};

export type IncomingFile = {
  /** What its sender calls it. */
  name: string;
  /** Bytes, if they are known beforehand. */
  size?: number;
  body: AsyncIterable<Uint8Array>;
};

type Place = { sessionId: string; fileId: string };
type Reserved = { bytes: number };

const draftPrefix = 'draft-';
const idShape = /^file_[0-9a-f-]{36}$/;

/**
 * The files that clients gave to sessions: each lies under an id of ours, with its name beside it, outside of every work
 * dir, and is never changed (F4). A crash leaves a whole file or none.
 */
export class SessionFiles {
  readonly limits: FileLimits;
  readonly #options: SessionFilesOptions;
  /** Files that are coming in, by session. */
  readonly #reserved = new Map<string, Set<Reserved>>();

  constructor(options: SessionFilesOptions) {
    this.limits = options.limits;
    this.#options = options;
  }

  /**
   * Removes what an earlier gateway had not finished: uploads, and copies for a branch that it did not come to store. Call
   * once, before anything is received. What was changed within the last `youngMs` is not looked at: another gateway may be at
   * it.
   */
  sweep(isKnown: (sessionId: string) => boolean, youngMs = 0): void {
    const before = this.#options.clock.now() - youngMs;
    const isOld = (path: string) => youngMs === 0 || statSync(path).mtimeMs < before;
    const remove = (path: string) => rmSync(path, { recursive: true, force: true });
    for (const sessionId of namesIn(this.#options.folder)) {
      const folder = this.#folderOf(sessionId);
      if (!isKnown(sessionId) && isOld(folder)) remove(folder);
      const drafts = namesIn(folder).filter((name) => name.startsWith(draftPrefix));
      for (const draft of drafts.map((name) => join(folder, name))) if (isOld(draft)) remove(draft);
    }
  }

  /** Oldest first. */
  list(sessionId: string): FileRecord[] {
    const found = namesIn(this.#folderOf(sessionId)).flatMap(
      (fileId) => this.find({ sessionId, fileId }) ?? [],
    );
    return found.sort((a, b) => a.createdAt - b.createdAt || a.id.localeCompare(b.id));
  }

  find({ sessionId, fileId }: Place): FileRecord | undefined {
    if (!idShape.test(fileId)) return undefined;
    try {
      const about = readFileSync(join(this.#folderOf(sessionId), fileId, 'about.json'), 'utf8');
      return fileRecord.parse(JSON.parse(about));
    } catch {
      return undefined;
    }
  }

  /** Where its bytes are, for a file that was found. */
  contentPath({ sessionId, fileId }: Place): string {
    return join(this.#folderOf(sessionId), fileId, 'content');
  }

  /** Takes a file in. Throws INVALID_MESSAGE for what is not taken, GATEWAY_OVERLOAD for a full disk. */
  async receive(sessionId: string, file: IncomingFile): Promise<FileRecord> {
    const reserved = this.#reserve(sessionId, file.size);
    const draft = join(this.#folderOf(sessionId), `${draftPrefix}${this.#options.ids.uuid()}`);
    try {
      await mkdir(draft, { recursive: true, mode: 0o700 });
      const written = await this.#write(join(draft, 'content'), file.body, reserved.bytes);
      const record = { id: `file_${this.#options.ids.uuid()}`, name: toFileName(file.name), ...written };
      await writeFile(join(draft, 'about.json'), JSON.stringify(record), { mode: 0o400, flush: true });
      await rename(draft, join(this.#folderOf(sessionId), record.id));
      return record;
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      throw toRefusal(error);
    } finally {
      this.#reserved.get(sessionId)?.delete(reserved);
    }
  }

  /** Puts a read-only copy where the agent of this work dir may read it, and returns its path. Throws INVALID_MESSAGE. */
  place({ sessionId, fileId }: Place, workDir: string): string {
    const record = this.find({ sessionId, fileId });
    if (!record) throw new GatewayError('INVALID_MESSAGE', `there is no file ${fileId} in this session`);
    const content = this.contentPath({ sessionId, fileId });
    return placeFile({ content, workDir, folders: [sessionId, fileId], name: record.name });
  }

  remove({ sessionId, fileId }: Place, workDir: string): void {
    removePlaced(workDir, [sessionId, fileId]);
    rmSync(join(this.#folderOf(sessionId), fileId), { recursive: true, force: true });
  }

  /** Removes all files of a session, and the copies of them. */
  removeAll(sessionId: string, workDir: string): void {
    if (namesIn(this.#folderOf(sessionId)).length > 0) clearPlaced(workDir, sessionId);
    rmSync(this.#folderOf(sessionId), { recursive: true, force: true });
  }

  /** Gives a session all files of another, under the same ids. */
  copyAll(from: string, to: string): void {
    for (const { id } of this.list(from)) {
      mkdirSync(this.#folderOf(to), { recursive: true, mode: 0o700 });
      cpSync(join(this.#folderOf(from), id), join(this.#folderOf(to), id), { recursive: true });
    }
  }

  #folderOf(sessionId: string): string {
    return join(this.#options.folder, sessionId);
  }

  /** Two that come in at the same time cannot both take the last place. */
  #reserve(sessionId: string, size: number | undefined): Reserved {
    const { maxFileBytes, maxSessionBytes, maxSessionFiles } = this.limits;
    const stored = this.list(sessionId);
    const coming = this.#reserved.get(sessionId) ?? new Set<Reserved>();
    if (stored.length + coming.size >= maxSessionFiles)
      throw refusal('too_many', `this session has ${maxSessionFiles} files already: remove some first`);
    if (size !== undefined && size > maxFileBytes) throw tooLarge(maxFileBytes);
    const taken = [...stored.map((file) => file.size), ...[...coming].map(({ bytes }) => bytes)];
    const left = maxSessionBytes - taken.reduce((sum, bytes) => sum + bytes, 0);
    if (left <= 0 || (size ?? 0) > left)
      throw refusal('session_full', `the files of this session would be more than ${maxSessionBytes} bytes`);
    const reserved = { bytes: size ?? Math.min(maxFileBytes, left) };
    this.#reserved.set(sessionId, coming.add(reserved));
    return reserved;
  }

  async #write(path: string, body: AsyncIterable<Uint8Array>, most: number) {
    const hash = createHash('sha256');
    const sniffer = new MediaTypeSniffer();
    let size = 0;
    const handle = await open(path, 'wx', 0o400);
    try {
      for await (const chunk of body) {
        size += chunk.length;
        if (size > most) throw tooLarge(most);
        hash.update(chunk);
        sniffer.push(chunk);
        await handle.writeFile(chunk);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (size === 0) throw refusal('empty', 'the file is empty');
    const mediaType = sniffer.end();
    const { mediaTypes } = this.limits;
    if (!mediaTypes.includes(mediaType))
      throw refusal(
        'media_type',
        `this is ${mediaType}, which is not taken; taken are ${mediaTypes.join(', ')}`,
      );
    return { mediaType, size, sha256: hash.digest('hex'), createdAt: this.#options.clock.now() };
  }
}

/** Empty for a folder that is not there. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const refusal = (reason: string, message: string, more: Record<string, unknown> = {}) =>
  new GatewayError('INVALID_MESSAGE', message, { details: { reason, ...more } });

const tooLarge = (limit: number) =>
  refusal('too_large', `the file is larger than ${limit} bytes: send a smaller one`, { limit });

function toRefusal(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new GatewayError('GATEWAY_OVERLOAD', 'the disk is full: try again later', { cause: error });
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
    return new GatewayError('INVALID_MESSAGE', 'the file broke off before its end', { cause: error });
  return error;
}
