import type { MarkdownRenderer } from 'vitepress';

/** Tables whose head is empty have one only because Markdown wants it: nothing there may be read out as a heading. */
export function leaveEmptyHeaders(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('empty_headers', ({ tokens }) => {
    for (const [at, token] of tokens.entries()) {
      const [content, end] = [tokens[at + 1], tokens[at + 2]];
      if (token.type !== 'th_open' || content?.content !== '' || !end) continue;
      token.tag = 'td';
      end.tag = 'td';
    }
  });
}
