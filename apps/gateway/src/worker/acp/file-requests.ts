import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { followWithin } from '../../ground/follow-path.ts';
import { RequestError } from './agent-connection.ts';

const readParams = z.looseObject({ path: z.string(), line: z.int().nullish(), limit: z.int().nullish() });
const writeParams = z.looseObject({ path: z.string(), content: z.string() });
export type WriteParams = z.infer<typeof writeParams>;

/** Longer files are refused rather than cut: an agent that edits half a file destroys the other half. */
const largestFile = 10 * 1024 * 1024;

export type FileRequestsOptions = {
  workDir: string;
  /** Throws RequestError if the file may not be read. */
  requireRead(path: string): Promise<void>;
  /** Throws RequestError if this write is not allowed; may ask a person. */
  requireWrite(write: WriteParams): Promise<void>;
};

/** `fs/read_text_file`: the text, or the lines that were asked for. `line` counts from 1. */
export async function readTextFile(
  params: unknown,
  { workDir, requireRead }: Pick<FileRequestsOptions, 'workDir' | 'requireRead'>,
) {
  const { path, line, limit } = parse(readParams, params);
  const real = inside(workDir, path);
  await requireRead(path);
  if (inside(workDir, path) !== real) throw outside(path);
  const content = await read(real);
  if (line == null && limit == null) return { content };
  const from = Math.max(0, (line ?? 1) - 1);
  const lines = content.split('\n').slice(from, limit == null ? undefined : from + Math.max(0, limit));
  return { content: lines.join('\n') };
}

/** `fs/write_text_file`: writes the whole file, if it is in the work dir and allowed. */
export async function writeTextFile(
  params: unknown,
  { workDir, requireWrite }: Pick<FileRequestsOptions, 'workDir' | 'requireWrite'>,
) {
  const write = parse(writeParams, params);
  const realPath = inside(workDir, write.path);
  await requireWrite(write);
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
