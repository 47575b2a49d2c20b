import { plainText } from './plain-text.ts';

/** Writes text of others: as it is into files and pipes, and into a terminal so that nothing in it is obeyed (C7). */
export function showTo(output: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>, text: string): void {
  output.write(output.isTTY ? plainText(text) : text);
}
