/** A code without the empty lines at its end; the renderer of Markdown says that it has at least one. */
export function withoutLastLines(code: string): string {
  let end = code.length;
  while (code[end - 1] === '\n') end -= 1;
  return code.slice(0, end);
}
