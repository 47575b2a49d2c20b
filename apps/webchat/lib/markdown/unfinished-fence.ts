const fence = /^[ \t]*(`{3,}|~{3,})(.*)$/;
const onlyMarks = /^[ \t]*(`+|~+)$/;

/**
 * A text that is still being written, without a fence of code at its end of which only the first marks are there: they would be
 * drawn as a line of the code, or as words, and the text would jump when the rest of the fence comes.
 */
export function withoutUnfinishedFence(text: string): string {
  const start = text.lastIndexOf('\n') + 1;
  const [, marks = ''] = onlyMarks.exec(text.slice(start)) ?? [];
  if (marks === '') return text;
  const opened = openFence(text.slice(0, start));
  const isOfAnotherKind = opened !== undefined && opened[0] !== marks[0];
  const whole = opened?.length ?? 3;
  return isOfAnotherKind || marks.length >= whole ? text : text.slice(0, start);
}

/** The marks of the fence behind which the text ends, if it ends within code (CommonMark 4.5). */
export function openFence(text: string): string | undefined {
  let opened: string | undefined;
  for (const line of text.split('\n')) {
    const [, marks = '', rest = ''] = fence.exec(line) ?? [];
    if (marks === '') continue;
    if (opened === undefined) opened = marks.startsWith('`') && rest.includes('`') ? undefined : marks;
    else if (rest.trim() === '' && marks[0] === opened[0] && marks.length >= opened.length)
      opened = undefined;
  }
  return opened;
}
