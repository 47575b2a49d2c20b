import { setImmediate as nextRound } from 'node:timers/promises';
import { protocolVersion } from '@hotplex/aep-protocol';
import { redactSecrets } from '../ground/redact-secrets.ts';
import type { ShareLink } from '../ground/share-link.ts';
import { hidePaths } from './hide-paths.ts';
import { JoinedTurn, type StoredEvent } from './joined-turn.ts';
import type { LogOutline } from './log-outline.ts';
import { mapTexts } from './map-texts.ts';

/** A session as far as its guests are concerned. */
export type SharedSession = {
  state: string;
  title: string | null;
  workerType: string;
  workDir: string;
  epoch: string;
  lastSeq: number;
  turn: { firstSeq: number } | null;
};

/** A frame as the protocol has it, under the id of the link in place of the session’s. */
export type SharedFrame = {
  version: string;
  id: string;
  seq: number;
  session_id: string;
  timestamp: number;
  turn_id?: string;
  event: { type: string; data: unknown };
};

export type SharedPage = {
  frames: SharedFrame[];
  /** Where the next page begins; `null` at the end. */
  next: number | null;
};

type PageOptions = {
  link: Pick<ShareLink, 'id' | 'leftOut'>;
  session: SharedSession;
  /** Events of its log after a number, in order. */
  events(after: number, limit: number): StoredEvent[];
  /** Anybody may name any number: the page begins where the turn before it ends. */
  after: number;
  outline: LogOutline;
  /** Aborted when whoever asked is gone. */
  signal?: AbortSignal | undefined;
};

/** Read in one go; between them others have their turn. */
const batch = 100;
/** A page has whole turns, and ends with the one that makes it as long as one of these. */
const fullPage = { frames: 500, characters: 1_000_000 };
/** Of one text, characters. A secret that lies across the end of what was looked at is within what is cut off. */
const longestText = 200_000;
const cutOff = 10_000;

/**
 * What one page of a log shows to guests: all turns that are over and were not set aside. Each turn goes out whole, since
 * a secret of which a page has a half would not be found; what comes behind the last waits for the end of its own.
 */
export async function readSharedPage(options: PageOptions): Promise<SharedPage> {
  const { link, session, events, after, outline, signal } = options;
  const leftOut = new Set(link.leftOut);
  await outline.follow(events, { upTo: session.turn ? session.turn.firstSeq - 1 : session.lastSeq, signal });
  const last = outline.lastEnd;
  const clean = cleanerOf(link, session);
  const frames: SharedFrame[] = [];
  let characters = 0;
  let turn = new JoinedTurn(leftOut);
  for (let cursor = outline.endUpTo(after); cursor < last; await nextRound()) {
    const read = events(cursor, batch).filter(({ seq }) => seq <= last);
    for (const event of read) {
      cursor = event.seq;
      if (!outline.isSetAside(event)) turn.add(event);
      if (event.type !== 'done') continue;
      for (const { from, data } of turn.events) {
        if (signal?.aborted) return { frames, next: null };
        frames.push(toFrame(from, { id: link.id, data: mapTexts(data, clean) }));
        await nextRound();
      }
      characters += turn.characters;
      turn = new JoinedTurn(leftOut);
      const isFull = frames.length >= fullPage.frames || characters >= fullPage.characters;
      if (isFull && cursor < last) return { frames, next: cursor };
    }
    if (read.length === 0 || signal?.aborted) break;
  }
  return { frames, next: null };
}

/** Takes out of a text what its guests are not to read. */
export function cleanerOf(
  { leftOut }: Pick<ShareLink, 'leftOut'>,
  { workDir }: Pick<SharedSession, 'workDir'>,
): (text: string) => string {
  const hide = leftOut.includes('paths')
    ? (text: string) => hidePaths(text, workDir)
    : (text: string) => text;
  return (text) => {
    if (text.length <= longestText) return hide(redactSecrets(text));
    return `${hide(redactSecrets(text.slice(0, longestText + cutOff))).slice(0, -cutOff)}…`;
  };
}

function toFrame(
  { id, seq, timestamp, turnId, type }: StoredEvent,
  { id: linkId, data }: { id: string; data: unknown },
): SharedFrame {
  return {
    ...{ version: protocolVersion, id, seq, session_id: linkId, timestamp },
    ...(turnId === null ? {} : { turn_id: turnId }),
    event: { type, data },
  };
}
