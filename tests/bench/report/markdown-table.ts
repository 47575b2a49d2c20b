export type Cells = readonly string[];

/** A table of Markdown. Its first columns, as many as `words`, hold words; the others hold numbers, which stand on the right. */
export function markdownTable({
  head,
  rows,
  words,
}: {
  head: Cells;
  rows: readonly Cells[];
  words: number;
}): string {
  const align = head.map((_, index) => (index < words ? '---' : '---:'));
  return [head, align, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
