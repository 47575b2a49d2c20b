import type { LoggedEvent } from '@hotplex/aep-protocol';
import type { LeftOut } from '../../../src/ground/share-link.ts';
import type { StoredEvent } from '../../../src/sharing/joined-turn.ts';
import { LogOutline } from '../../../src/sharing/log-outline.ts';
import { readSharedPage } from '../../../src/sharing/shared-page.ts';

/** Joined here, so that no scanner takes this file for a find. */
export const secret = ['ghp_', 'AbCdEf0123456789AbCdEf0123456789'].join('');
export const done: LoggedEvent = { type: 'done', data: { success: true } };
export const delta = (content: string, message_id = 'm'): LoggedEvent => ({
  type: 'message.delta',
  data: { message_id, content },
});

type Reading = {
  leftOut?: readonly LeftOut[];
  after?: number;
  turn?: { firstSeq: number } | null;
  signal?: AbortSignal;
};

/** Turns go from one end to the next; what stands by itself is of none. */
function turnOf(log: readonly LoggedEvent[], index: number): string | null {
  if (['input', 'input.status', 'session.rewound'].includes(log[index]?.type ?? '')) return null;
  return `turn_${log.slice(0, index).filter(({ type }) => type === 'done').length + 1}`;
}

/** Reads a log as guests do. */
export async function readAsGuest(
  log: readonly LoggedEvent[],
  { leftOut = [], after = 0, turn = null, signal }: Reading = {},
) {
  const events = log.map(
    ({ type, data }, index): StoredEvent => ({
      ...{ seq: index + 1, id: `evt_${index + 1}`, type, turnId: turnOf(log, index), timestamp: 1 },
      data: JSON.stringify(data),
    }),
  );
  const session = { state: 'idle', title: null, workerType: 'demo', workDir: '/srv/app', epoch: 'e', turn };
  const page = await readSharedPage({
    link: { id: 'link-1', leftOut },
    session: { ...session, lastSeq: events.length },
    events: (from, limit) => events.slice(from, from + limit),
    ...{ after, signal, outline: new LogOutline() },
  });
  return { ...page, text: JSON.stringify(page.frames), events: page.frames.map(({ event }) => event) };
}
