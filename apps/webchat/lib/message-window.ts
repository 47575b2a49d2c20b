/** Messages that are drawn of a long conversation, by where they are in it; `end` is behind the last one. */
export type MessageWindow = { start: number; end: number };

/** What is drawn of a conversation when it is opened, and how much more when somebody comes near an edge. */
export const usualRows = 30;
/** More are never drawn: what goes beyond leaves at the other edge. */
export const mostRows = 90;

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
