import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Longer lines are no words of anybody, but files: they are left out. Bytes. */
const longestLine = 1_048_576;
/** What an agent can write may be of any kind and length: a larger file is not read at all. Bytes. */
const largestFile = 67_108_864;
const chunkBytes = 65_536;
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;

/**
 * The lines of a file of JSON objects, in order, as far as they are whole. Throws for what is no plain file, one that is
 * too large among them. `most`: so many bytes of its beginning are looked at.
 */
export async function* readJsonLines(path: string, most = largestFile): AsyncGenerator<unknown> {
  await using file = await open(path, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0));
  const found = await file.stat();
  if (!found.isFile() || found.size > largestFile) throw new Error(`${path} is no transcript`);
  const chunk = Buffer.alloc(chunkBytes);
  let line: Buffer[] = [];
  let length = 0;
  for (let at = 0; at < most; ) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunkBytes, most - at), at);
    if (bytesRead === 0) return;
    at += bytesRead;
    for (let start = 0; start < bytesRead; ) {
      const newline = chunk.subarray(0, bytesRead).indexOf(10, start);
      const end = newline < 0 ? bytesRead : newline;
      length += end - start;
      if (length <= longestLine) line.push(Buffer.from(chunk.subarray(start, end)));
      start = end + 1;
      if (newline < 0) break;
      const value = length > longestLine ? undefined : parse(Buffer.concat(line).toString());
      line = [];
      length = 0;
      if (value !== undefined) yield value;
    }
  }
}

/** The agent may be writing the last line just now. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
