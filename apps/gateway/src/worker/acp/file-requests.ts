import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { RequestError } from './agent-connection.ts';
import { jail } from './work-dir-jail.ts';

const readParams = z.looseObject({ path: z.string(), line: z.int().nullish(), limit: z.int().nullish() });
const writeParams = z.looseObject({ path: z.string(), content: z.string() });
export type WriteParams = z.infer<typeof writeParams>;

/** Longer files are refused rather than cut: an agent that edits half a file destroys the other half. */
const largestFile = 10 * 1024 * 1024;

export type FileRequestsOptions = {
  workDir: string;
  /** Whether this write is allowed; may ask a person. */
  mayWrite(write: WriteParams & { realPath: string }): Promise<boolean>;
};

/** `fs/read_text_file`: the text, or the lines that were asked for. `line` counts from 1. */
export async function readTextFile(params: unknown, { workDir }: Pick<FileRequestsOptions, 'workDir'>) {
  const { path, line, limit } = parse(readParams, params);
  const real = await inside(workDir, path);
  const content = await read(real);
  if (line == null && limit == null) return { content };
  const from = Math.max(0, (line ?? 1) - 1);
  const lines = content.split('\n').slice(from, limit == null ? undefined : from + Math.max(0, limit));
  return { content: lines.join('\n') };
}

/** `fs/write_text_file`: writes the whole file, if it is in the work dir and allowed. */
export async function writeTextFile(params: unknown, { workDir, mayWrite }: FileRequestsOptions) {
  const write = parse(writeParams, params);
  const realPath = await inside(workDir, write.path);
  if (!(await mayWrite({ ...write, realPath }))) {
    throw new RequestError(-32_603, `writing ${write.path} was refused by the user`);
  }
  // The answer may have taken minutes, in which links can change.
  if ((await inside(workDir, write.path)) !== realPath) throw outside(write.path);
  await mkdir(dirname(realPath), { recursive: true });
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
  await using file = await open(realPath, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
  await file.writeFile(write.content);
  return {};
}

export function parse<T>(schema: z.ZodType<T>, params: unknown): T {
  const parsed = schema.safeParse(params);
  if (!parsed.success) throw RequestError.invalidParams(z.treeifyError(parsed.error));
  return parsed.data;
}

async function inside(workDir: string, path: string): Promise<string> {
  const real = await jail(workDir, path);
  if (real === undefined) throw outside(path);
  return real;
}

function outside(path: string): RequestError {
  return new RequestError(-32_602, `${path} is not an absolute path in the work dir`);
}

async function read(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    () => undefined,
  );
  if (!file) throw RequestError.resourceNotFound(path);
  try {
    const { size } = await file.stat().then((stat) => (stat.isFile() ? stat : { size: Number.NaN }));
    if (Number.isNaN(size)) throw new RequestError(-32_602, `${path} is not a file`);
    if (size > largestFile) throw new RequestError(-32_602, `${path} is larger than ${largestFile} bytes`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
