import type { LoggedEvent, SessionState } from '@hotplex/aep-protocol';
import type { WorkerEvent } from '../worker/worker.ts';
import { errorEvent } from './exit-error.ts';

/** What a worker says that is meant for clients. */
export type ToldEvent = Exclude<
  WorkerEvent,
  {
    type:
      | 'done'
      | 'turn.started'
      | 'input.taken'
      | 'permission_request'
      | 'tool.check'
      | 'question_request'
      | 'elicitation_request'
      | 'interaction.withdrawn'
      | 'worker.ready'
      | 'worker.session';
  }
>;

/** The protocol's word for it. */
export function toLogged(event: ToldEvent, state: SessionState): LoggedEvent {
  switch (event.type) {
    case 'context.lost':
      return { type: 'state', data: { state, message: 'context_lost' } };
    case 'background.tasks': {
      const { count } = event.data;
      const message = count === 1 ? '1 background task runs' : `${count || 'no'} background tasks run`;
      return { type: 'worker.notice', data: { kind: 'background', message, details: event.data } };
    }
    case 'error':
      return errorEvent(event.data.code, event.data.message, event.data.details);
    default:
      return event;
  }
}
