import { closeSync, fstatSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { asFile, descend } from '../ground/real-folder.ts';
import { MediaTypeSniffer } from '../ground/sniff-media-type.ts';
import { hashOf } from './blobs.ts';
import { refusal } from './range.ts';
import { readOpen } from './restore.ts';
import { isSecretName } from './secret-names.ts';
import { textOf } from './text-diff.ts';

/** What can be shown of a file; `large`: nothing, for it would be too much. */
export type FileKind = 'text' | 'image' | 'binary' | 'large';

export type WorkDirFile = {
  path: string;
  kind: FileKind;
  /** Bytes. */
  size: number;
  /** By what is in it; its name is not asked. */
  mediaType: string;
  /** Empty of one that is too large. */
  content: Buffer;
  /** Of its content; `null` of one that is not handed out either. */
  sha256: string | null;
  /** Undefined for what is no text. */
  text: string | undefined;
};

type Asked = { workDir: string; path: string; isSecret(path: string, workDir: string): boolean };

/** As much is shown as text, and handed out at all; bytes. */
const mostText = 2 * 1_024 * 1_024;
const mostBytes = 32 * 1_024 * 1_024;

/**
 * A plain file of a work dir as it is now, snapshots or not. No link is followed, and what lets somebody in is not read:
 * what is called like a secret, lies where the policy says that secrets lie, or is part of a repository's own folder. Throws
 * INVALID_MESSAGE with `details.reason`: `secret`, or `missing` for what is no file here.
 */
export function readFile({ workDir, path, isSecret }: Asked): WorkDirFile {
  const names = path.split('/');
  const isPlain = names.every((name) => name !== '' && name !== '.' && name !== '..' && !name.includes('\0'));
  if (!isPlain) throw missing(path);
  const isGit = names.some((name) => name.toLowerCase() === '.git');
  if (isGit || isSecretName(path) || isSecret(join(workDir, path), workDir))
    throw refusal('secret', `${path} may hold what lets somebody in: it is not shown`);
  const { size, content } = read(workDir, names, path);
  if (content === undefined) return { path, kind: 'large', size, ...nothing, sha256: null, text: undefined };
  const sniffer = new MediaTypeSniffer();
  sniffer.push(content);
  const mediaType = sniffer.end();
  const text = textOf(content);
  const kind = mediaType.startsWith('image/') ? 'image' : text === undefined ? 'binary' : 'text';
  const isLong = kind === 'text' && size > mostText;
  const about = { path, size, mediaType, content, sha256: hashOf(content) };
  return { ...about, kind: isLong ? 'large' : kind, text: kind === 'text' && !isLong ? text : undefined };
}

const nothing = { mediaType: 'application/octet-stream', content: Buffer.alloc(0) };

function read(workDir: string, names: readonly string[], path: string) {
  try {
    return descend(workDir, { names: names.slice(0, -1) }, (folder) => {
      const fd = openSync(folder.at(names.at(-1) ?? ''), asFile);
      try {
        const stats = fstatSync(fd);
        if (!stats.isFile()) throw new Error('this is no plain file');
        return { size: stats.size, content: readOpen(fd, mostBytes) };
      } finally {
        closeSync(fd);
      }
    });
  } catch {
    throw missing(path);
  }
}

const missing = (path: string) =>
  refusal('missing', `${path} is no file of this work dir: it may be gone, or a link`);
