import { type ApprovalAnswer, ApprovalLinks, type Chosen } from '../../src/approvals/approval-links.ts';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { createIds } from '../../src/ground/ids.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { InteractionRecord } from '../../src/store/store.ts';
import { interactionRecord, sessionRecord } from '../store/support/records.ts';
import { createManualClock } from '../support/manual-clock.ts';

export const hook = 'team-chat';
const lifetimeMs = 900_000;

/** Links to a request in a session, and what was answered with them. */
export function openLinks(request: Partial<InteractionRecord> = {}) {
  const store = createMemoryStore();
  const clock = createManualClock(Date.UTC(2026, 0));
  const now = clock.now();
  store.create(sessionRecord({ title: 'The slow build' }));
  const asked = interactionRecord('perm_1', { createdAt: now, deadlineAt: now + 3_600_000, ...request });
  store.commit('session-1', { interactions: [asked] }, now);
  const given: { answer: ApprovalAnswer; by: string }[] = [];
  /** As the desk of the session does it: the first answer wins. */
  function decide(answer: ApprovalAnswer, by: string) {
    if (store.interaction('session-1', 'perm_1')?.status === 'resolved')
      throw new GatewayError('ALREADY_RESOLVED', 'this request was decided before');
    given.push({ answer, by });
    const { kind: _, ...said } = answer;
    const resolved = { status: 'resolved', resolution: { ...said, by }, resolvedAt: clock.now() } as const;
    store.commit('session-1', { interactions: [{ ...asked, ...resolved }] }, clock.now());
  }
  const page = new URL('https://chat.example.com/approve');
  const links = new ApprovalLinks({
    ...{ store, clock, ids: createIds(), page, lifetimeMs },
    respond: (_, answer, by) => decide(answer, by),
  });
  const make = () => links.make({ hook, sessionId: 'session-1', requestId: 'perm_1' });
  const tokenOf = (url: string) => new URL(url).searchParams.get('link') ?? '';
  const newToken = () => tokenOf(make()?.allow_url ?? '');
  /** Answers what the page shows, as its form does. */
  function answer(token: string, chosen: Omit<Chosen, 'seen'>) {
    const view = links.look(token);
    return links.answer(token, { ...chosen, seen: view.outcome === null ? view.digest : '' });
  }
  return { store, clock, links, answer, given, decide, make, newToken, lifetimeMs };
}
