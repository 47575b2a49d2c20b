import type { WorkerEvent, WorkerReady } from '../worker/worker.ts';
import type { AgentOutbox } from './agent-outbox.ts';
import { type CurrentTurn, isHandedOver } from './current-turn.ts';
import type { InteractionDesk } from './interaction-desk.ts';
import type { Ledger } from './ledger.ts';
import type { QuotaWait } from './quota-wait.ts';
import { isBudgetQuestion } from './spending.ts';
import type { Step } from './step.ts';
import { toLogged } from './to-logged.ts';

/** Where the parts of a session are kept. */
export type Places = {
  ledger: Ledger;
  desk: InteractionDesk;
  turn: CurrentTurn;
  outbox: Pick<AgentOutbox, 'turnId'>;
  quota: QuotaWait;
  onReady(ready: WorkerReady): void;
};

/** What the agent says is logged, but for the words that are meant for the session alone. */
export function takeEvent(
  step: Step,
  event: WorkerEvent,
  { ledger, desk, turn, outbox, quota, onReady }: Places,
): void {
  quota.hear(event);
  switch (event.type) {
    case 'done':
      // It is not done with a prompt that it has not got yet.
      if (turn.id !== outbox.turnId) break;
      quota.turnEnded(step, { turnId: turn.id, isUndone: !event.data.success && !turn.isInterrupted });
      turn.finish(step, event.data, event.data.input_ids);
      break;
    case 'turn.started':
      if (turn.isOpen) break;
      turn.begin(
        step,
        event.data.input_ids.flatMap((id) => ledger.input(step, id) ?? []).filter(isHandedOver),
      );
      break;
    case 'input.taken':
      turn.take(step, event.data.input_id);
      break;
    case 'permission_request':
    case 'question_request':
    case 'elicitation_request':
      // That a session may use more is asked by the gateway, and by no agent.
      if (!isBudgetQuestion(event.data.id)) desk.add(step, event, turn.id);
      break;
    case 'tool.check':
      desk.check(step, event, turn.id);
      break;
    case 'interaction.withdrawn':
      desk.withdraw(step, event.data.id);
      break;
    case 'worker.ready':
      onReady(event.data);
      break;
    case 'worker.session':
      Object.assign(step.session, { nativeSessionId: event.data.id, forkOf: null });
      break;
    case 'session.title':
      // A name that a person gave is not replaced.
      if (ledger.record.isNamed) break;
      Object.assign(step.session, { title: event.data.title, isNamed: true });
      step.tell(event, turn.id);
      break;
    default:
      step.tell(toLogged(event, ledger.record.state), turn.id);
  }
}
