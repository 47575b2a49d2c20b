import type { WorkerEvent } from '../../src/worker/worker.ts';
import { ofType } from './of-type.ts';

/** The text of the main agent that was streamed, or said in one piece, and not taken back. */
export function textOf(events: readonly WorkerEvent[]): string {
  const retracted = new Set(ofType(events, 'message.retract').flatMap(({ data }) => data.message_ids));
  const streamed = ofType(events, 'message.delta')
    .filter(({ data }) => data.parent_id === undefined && !retracted.has(data.message_id))
    .map(({ data }) => data.content);
  const whole = ofType(events, 'message')
    .filter(({ data }) => data.parent_id === undefined && !retracted.has(data.id))
    .map(({ data }) => data.content);
  return [...streamed, ...whole].join('');
}
