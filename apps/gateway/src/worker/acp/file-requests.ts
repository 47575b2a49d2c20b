import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { followWithin } from '../../ground/follow-path.ts';
import { RequestError } from './request-error.ts';

const readParams = z.looseObject({ path: z.string(), line: z.int().nullish(), limit: z.int().nullish() });
const writeParams = z.looseObject({ path: z.string(), content: z.string() });

/** Longer files are refused rather than cut: an agent that edits half a file destroys the other half. */
const largestFile = 10 * 1024 * 1024;

/** A file that an agent wants written, and where its path really led when it asked. */
export const fileWrite = z.object({ path: z.string(), content: z.string(), realPath: z.string() });
export type FileWrite = z.infer<typeof fileWrite>;

type WorkDir = { workDir: string };

/** `fs/read_text_file`: the text, or the lines that were asked for. `line` counts from 1. */
export async function readTextFile(params: unknown, { workDir }: WorkDir) {
  const { path, line, limit } = parse(readParams, params);
  const real = inside(workDir, path);
  const content = await read(real);
  if (line == null && limit == null) return { content };
  const from = Math.max(0, (line ?? 1) - 1);
  const lines = content.split('\n').slice(from, limit == null ? undefined : from + Math.max(0, limit));
  return { content: lines.join('\n') };
}

/** `fs/write_text_file`, before anybody is asked: what is to be written, if it is in the work dir. */
export function toFileWrite(params: unknown, { workDir }: WorkDir): FileWrite {
  const { path, content } = parse(writeParams, params);
  return { path, content, realPath: inside(workDir, path) };
}

/** Writes the whole file; that it is allowed is known by now. */
export async function writeTextFile(write: FileWrite, { workDir }: WorkDir) {
  const { realPath } = write;
  // The answer may have taken minutes, in which links can change.
  if (inside(workDir, write.path) !== realPath) throw outside(write.path);
  await mkdir(dirname(realPath), { recursive: true });
  await using file = await openFile(realPath, constants.O_WRONLY | constants.O_CREAT);
  // A second name may lie outside of the work dir, and would change with this one.
  if ((await file.stat()).nlink > 1)
    throw new RequestError(-32_602, `${write.path} has other names (hard links)`);
  await file.truncate();
  await file.writeFile(write.content);
  return {};
}

export function parse<T>(schema: z.ZodType<T>, params: unknown): T {
  const parsed = schema.safeParse(params);
  if (!parsed.success) throw RequestError.invalidParams(z.treeifyError(parsed.error));
  return parsed.data;
}

function inside(workDir: string, path: string): string {
  const real = followWithin(workDir, path);
  if (real === undefined) throw outside(path);
  return real;
}

function outside(path: string): RequestError {
  return new RequestError(-32_602, `${path} is not an absolute path in the work dir`);
}

async function read(path: string): Promise<string> {
  await using file = await openFile(path, constants.O_RDONLY);
  const { size } = await file.stat();
  if (size > largestFile) throw new RequestError(-32_602, `${path} is larger than ${largestFile} bytes`);
  return file.readFile('utf8');
}

/** Opens a plain file; waits for no other end of a pipe, and follows no link that came since it was looked at. */
async function openFile(path: string, flags: number): Promise<FileHandle> {
  const { O_NOFOLLOW, O_NONBLOCK } = constants;
  const file = await open(path, flags | O_NOFOLLOW | O_NONBLOCK).catch(() => undefined);
  if (!file) throw RequestError.resourceNotFound(path);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new RequestError(-32_602, `${path} is not a file`);
}
