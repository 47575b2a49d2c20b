import type { WorkerEvent } from '../../../src/worker/worker.ts';
import { ofType } from '../../contracts/of-type.ts';

/** One line per event, deltas of a block joined: what a reader of the test needs to see. */
export function outline(events: readonly WorkerEvent[]): string[] {
  return events.flatMap((event): string[] => {
    switch (event.type) {
      case 'message.start':
      case 'message.delta':
      case 'reasoning':
        return [];
      case 'message.end':
        return [`text ${blockText(events, event.data.message_id)}`];
      case 'message':
        return [`message ${event.data.content}`];
      case 'message.retract':
        return [`retract ${event.data.message_ids.length}`];
      case 'tool_call':
        return [`call ${event.data.name} (${event.data.kind}): ${event.data.title}`];
      case 'tool_update':
        return [
          `update ${event.data.status ?? JSON.stringify(event.data.output_delta ?? event.data.output)}`,
        ];
      case 'tool_result':
        return [`result${event.data.denied ? ' denied' : event.data.error === undefined ? '' : ' failed'}`];
      case 'permission_request':
        return [`ask ${event.data.options?.map(({ id }) => id).join(' ')}`];
      case 'question_request':
        return [`question ${event.data.questions.map(({ question }) => question).join(' ')}`];
      case 'worker.notice':
        return [`notice ${event.data.kind}`];
      case 'input.taken':
        return [`taken ${event.data.input_id}`];
      case 'turn.started':
        return [`started ${event.data.input_ids.join(' ')}`.trim()];
      case 'error':
        return [`error ${event.data.code}`];
      case 'done':
        return [`done ${event.data.success} ${event.data.stats?.stop_reason}`];
      default:
        return [event.type];
    }
  });
}

/** The text of each block that was streamed or said, by its id. */
export function blockTexts(events: readonly WorkerEvent[]): Map<string, string> {
  const ids = ofType(events, 'message.start').map(({ data }) => data.id);
  const streamed = ids.map((id) => [id, blockText(events, id)] as const);
  const whole = ofType(events, 'message').map(({ data }) => [data.id, data.content] as const);
  return new Map([...streamed, ...whole]);
}

function blockText(events: readonly WorkerEvent[], id: string): string {
  return ofType(events, 'message.delta')
    .filter(({ data }) => data.message_id === id)
    .map(({ data }) => data.content)
    .join('');
}
