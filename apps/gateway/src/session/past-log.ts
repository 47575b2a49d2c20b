import { inputAuthor, type LoggedEvent, type SessionState, type SessionTotals } from '@hotplex/aep-protocol';
import type { Ids } from '../ground/ids.ts';
import { unknownStats } from '../ground/unknown-stats.ts';
import type { EventRecord } from '../store/store.ts';
import type { PastTurn, WorkerEvent } from '../worker/worker.ts';
import type { Pending } from './delta-buffer.ts';
import { stamp } from './event-log.ts';
import { type ToldEvent, toLogged } from './to-logged.ts';
import { addTurn, noTotals } from './turn-totals.ts';

/** A log as if the gateway had heard turns that were over before it knew of them, each with its own time. */
export function toPastLog(
  turns: readonly PastTurn[],
  ids: Ids,
): { events: EventRecord[]; totals: SessionTotals } {
  const events: EventRecord[] = [];
  let totals = noTotals;
  const write = (pending: readonly Pending[], at: number) => {
    events.push(...stamp(pending, events.length, { clock: { now: () => at }, ids }));
  };
  for (const turn of turns) {
    const turnId = `turn_${ids.uuid()}`;
    const inputId = ids.uuid();
    const input = (status: 'delivered' | 'done'): LoggedEvent => ({
      type: 'input.status',
      data: { input_id: inputId, status, turn_id: turnId },
    });
    const move = (state: SessionState): LoggedEvent => ({ type: 'state', data: { state } });
    const asked = {
      input_id: inputId,
      content: turn.prompt,
      author: inputAuthor.terminal,
      delivery: 'queue',
      status: 'queued',
    } as const;
    write([{ event: { type: 'input', data: asked }, turnId: null }], turn.startedAt);
    write(
      [input('delivered'), move('running')].map((event) => ({ event, turnId })),
      turn.startedAt,
    );
    const stats = unknownStats('end_turn');
    totals = addTurn(totals, stats);
    const data = {
      ...{ success: true, stats: { ...stats, _session: totals }, dropped: false },
      ...(turn.point === undefined ? {} : { point: turn.point }),
    };
    const said = turn.events.filter(isTold).map((event) => toLogged(event, 'running'));
    write(
      [...said, { type: 'done', data } as const, input('done')].map((event) => ({ event, turnId })),
      turn.endedAt,
    );
    write([{ event: move('idle'), turnId: null }], turn.endedAt);
  }
  return { events, totals };
}

/** What is over is not asked again, and says nothing of an agent that runs. */
const untold: ReadonlySet<WorkerEvent['type']> = new Set([
  ...(['done', 'turn.started', 'input.taken', 'worker.ready', 'worker.session', 'tool.check'] as const),
  ...(['permission_request', 'question_request', 'elicitation_request', 'interaction.withdrawn'] as const),
]);

const isTold = (event: WorkerEvent): event is ToldEvent => !untold.has(event.type);
