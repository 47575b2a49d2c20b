import type { Readable } from 'node:stream';

/** Yields the lines of a UTF-8 stream. NOTE: `node:readline` also cuts at U+2028, which JSON may hold. */
export async function* readLines(stream: Readable): AsyncGenerator<string> {
  stream.setEncoding('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
