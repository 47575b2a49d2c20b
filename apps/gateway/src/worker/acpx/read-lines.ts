import type { Readable } from 'node:stream';

/** As long as acpx takes one, in characters. */
const longestLine = 32 * 1024 * 1024;

/**
 * Yields the lines of a UTF-8 stream, a last one without a line feed too. Throws for one that is too long. NOTE:
 * `node:readline` also cuts at U+2028, which JSON may hold.
 */
export async function* readLines(stream: Readable): AsyncGenerator<string> {
  stream.setEncoding('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > longestLine) throw new Error('a line is too long');
  }
  if (rest !== '') yield rest;
}
