import { setImmediate as nextRound } from 'node:timers/promises';
import { protocolVersion } from '@hotplex/aep-protocol';
import { redactSecrets } from '../ground/redact-secrets.ts';
import type { ShareLink } from '../ground/share-link.ts';
import { hidePaths } from './hide-paths.ts';
import { JoinedTurn, type StoredEvent } from './joined-turn.ts';
import { mapTexts } from './map-texts.ts';

/** A session as far as its guests are concerned. */
export type SharedSession = {
  state: string;
  title: string | null;
  workerType: string;
  workDir: string;
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
  after: number;
};

/** Read in one go; between them others have their turn. */
const batch = 500;
/** A page has whole turns, and ends with the one that makes it as long as this. */
const fullPage = 500;
/** Of one text, characters. A secret that lies across the end of what was looked at is within what is cut off. */
const longestText = 200_000;
const cutOff = 10_000;

/** What one page of a log shows to guests: all turns that are over. One that runs is shown when it has ended. */
export async function readSharedPage({ link, session, events, after }: PageOptions): Promise<SharedPage> {
  const leftOut = new Set(link.leftOut);
  const last = session.turn ? session.turn.firstSeq - 1 : session.lastSeq;
  const frames: SharedFrame[] = [];
  const clean = cleanerOf(link, session);
  let turn = new JoinedTurn(leftOut);
  const finish = () => {
    frames.push(
      ...turn.events.map(({ from, data }) => toFrame(from, { id: link.id, data: mapTexts(data, clean) })),
    );
    turn = new JoinedTurn(leftOut);
  };
  for (let cursor = after; cursor < last; await nextRound()) {
    const read = events(cursor, batch).filter(({ seq }) => seq <= last);
    for (const event of read) {
      turn.add(event);
      cursor = event.seq;
      if (event.type !== 'done') continue;
      finish();
      if (frames.length >= fullPage && cursor < last) return { frames, next: cursor };
    }
    if (read.length === 0) break;
  }
  finish();
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
