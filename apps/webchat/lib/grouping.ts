import type { SessionSummary } from '@hotplex/client-sdk';
import { createObservable, type Observable } from './observable.ts';
import { readStored, writeStored } from './stored.ts';

const storageKey = 'hotplex.grouped';

/** Whether the list of sessions is grouped by work directory; kept in this browser. */
export type Grouping = { state: Observable<boolean>; toggle: () => void };

export function createGrouping(): Grouping {
  const state = createObservable(readStored(storageKey) === 'yes');
  return {
    state,
    toggle: () => {
      state.set(!state.get());
      writeStored(storageKey, state.get() ? 'yes' : null);
    },
  };
}

/** The pinned sessions in the order of their pins, and the others as they were. */
export function partByPins(
  sessions: readonly SessionSummary[],
  pins: readonly string[],
): { pinned: SessionSummary[]; others: SessionSummary[] } {
  const known = new Map(sessions.map((session) => [session.id, session]));
  return {
    pinned: pins.flatMap((id) => known.get(id) ?? []),
    others: sessions.filter(({ id }) => !pins.includes(id)),
  };
}

export type SessionGroup = { workDir: string; sessions: SessionSummary[] };

/** Sessions by work directory; the directory and the session that were used last come first, as in the list. */
export function groupByWorkDir(sessions: readonly SessionSummary[]): SessionGroup[] {
  const groups = new Map<string, SessionSummary[]>();
  for (const session of sessions) {
    const group = groups.get(session.work_dir);
    if (group) group.push(session);
    else groups.set(session.work_dir, [session]);
  }
  return [...groups].map(([workDir, members]) => ({ workDir, sessions: members }));
}
