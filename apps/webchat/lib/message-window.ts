/** Messages that are drawn of a long conversation, by where they are in it; `end` is behind the last one. */
export type MessageWindow = { start: number; end: number };

/** What is drawn of a conversation when it is opened, and how much more when somebody comes near an edge. */
export const usualRows = 30;
/** More are never drawn: what goes beyond leaves at the other edge. */
export const mostRows = 90;

/** How far ahead of the reader messages are drawn; CSS pixels. */
export const aheadPx = 600;

/** The newest messages. */
export function latestRows(count: number): MessageWindow {
  return { start: Math.max(0, count - usualRows), end: count };
}

/** With more before those that are drawn. */
export function rowsBefore({ start, end }: MessageWindow): MessageWindow {
  const first = Math.max(0, start - usualRows);
  return { start: first, end: Math.min(end, first + mostRows) };
}

/** With more behind those that are drawn. */
export function rowsBehind({ start, end }: MessageWindow, count: number): MessageWindow {
  const last = Math.min(count, end + usualRows);
  return { start: Math.max(start, last - mostRows), end: last };
}

/** With this message among them, as they are if it is there already. */
export function rowsAround(rows: MessageWindow, index: number, count: number): MessageWindow {
  if (index >= rows.start && index < rows.end) return rows;
  const start = Math.max(0, index - usualRows / 2);
  return { start, end: Math.min(count, start + usualRows) };
}

/**
 * How many of the first rows that are drawn up to the newest message may leave, so that `most` are left. `tops` says of each row
 * how far below the upper edge of what the reader sees it begins, in CSS pixels: what is near them stays, unless more are drawn
 * than ever.
 */
export function rowsToLeave(tops: readonly number[], most: number): number {
  const least = Math.max(0, tops.length - mostRows);
  let leaving = Math.max(0, tops.length - most);
  while (leaving > least && (tops[leaving] ?? 0) > -aheadPx) leaving -= 1;
  return leaving;
}
