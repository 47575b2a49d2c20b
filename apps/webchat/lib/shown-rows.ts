import { latestRows, type MessageWindow, mostRows, usualRows } from './message-window.ts';

type Messages = readonly { id: string }[];

/** Which messages are drawn. New ones join them; what leaves for those leaves room. */
export type ShownRows = {
  /** The first; without one they begin with all that is known. */
  first: string | undefined;
  /** The last; without one they go on with what is new. */
  last: string | undefined;
  /** So many of the newest are drawn; more while the reader is near those that would leave. */
  most: number;
  /**
   * What the rows took that have left before the first one, in CSS pixels. It stays free: if all that is in sight moved up by
   * it while words come, and is scrolled by those, browsers would take it for a jump, and count it as a layout shift.
   */
  lead: number;
};

/** No browser draws what is much higher. What left before is forgotten then, which moves the text once. */
const mostLead = 1_000_000;
/** More at once leave without having been drawn. */
const mostDrawn = mostRows + usualRows;

/** The newest messages. */
export function newestRows(messages: Messages): ShownRows {
  const { start } = latestRows(messages.length);
  return { first: messages[start]?.id, last: undefined, most: usualRows, lead: 0 };
}

/** What is drawn of a window onto the messages. */
export function rowsShown({ start, end }: MessageWindow, messages: Messages): ShownRows {
  const last = end < messages.length ? messages[end - 1]?.id : undefined;
  return { first: messages[start]?.id, last, most: mostRows, lead: 0 };
}

/** The same, or the newest where its first message is gone. */
export function rowsStill(shown: ShownRows, messages: Messages): ShownRows {
  const { first } = shown;
  return first === undefined || messages.some(({ id }) => id === first) ? shown : newestRows(messages);
}

/** After the reader has come to the end: only the newest, of which some may be drawn already. */
export function rowsToNewest(shown: ShownRows, messages: Messages): ShownRows {
  if (shown.last !== undefined) return newestRows(messages);
  return shown.most === usualRows ? shown : { ...shown, most: usualRows };
}

/** Without those before `first`, which took so much room. */
export function rowsWithout(shown: ShownRows, first: string | undefined, room: number): ShownRows {
  const lead = shown.lead + room;
  return { ...shown, first, lead: lead > mostLead ? 0 : lead };
}

/** Where they are among the messages. */
export function windowOf({ first, last }: ShownRows, messages: Messages): MessageWindow {
  const at = (wanted: string | undefined) => messages.findIndex(({ id }) => id === wanted);
  const start = Math.max(0, at(first));
  const end = at(last) + 1;
  if (end > 0) return { start, end };
  return { start: Math.max(start, messages.length - mostDrawn), end: messages.length };
}
