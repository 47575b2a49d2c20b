import type { ServerData } from '@hotplex/aep-protocol';
import type { AepData } from '../ui-message.ts';
import type { StepWriter } from './step-writer.ts';
import type { ToolApprovals } from './tool-approvals.ts';

type Part =
  | { type: 'data-permission'; id: string; data: AepData['permission'] }
  | { type: 'data-question'; id: string; data: AepData['question'] }
  | { type: 'data-elicitation'; id: string; data: AepData['elicitation'] };

const turnEnded = { by: null, reason: 'interrupted' } as const;

/** What the agent asks in a turn: one data part each, replaced when it is decided. Decisions nobody asked for are ignored. */
export class Requests {
  readonly #writer: StepWriter;
  readonly #approvals: ToolApprovals;
  readonly #open = new Map<string, Part>();

  constructor(writer: StepWriter, approvals: ToolApprovals) {
    this.#writer = writer;
    this.#approvals = approvals;
  }

  permission(request: ServerData<'permission_request'>): void {
    const tool_call_id = this.#approvals.ask(request);
    const data = { ...request, tool_call_id, status: 'pending' } as const;
    this.#ask({ type: 'data-permission', id: request.id, data });
  }

  question(request: ServerData<'question_request'>): void {
    this.#ask({ type: 'data-question', id: request.id, data: { ...request, status: 'pending' } });
  }

  elicitation(request: ServerData<'elicitation_request'>): void {
    this.#ask({ type: 'data-elicitation', id: request.id, data: { ...request, status: 'pending' } });
  }

  permissionResolved({ id, allowed, ...rest }: ServerData<'permission.resolved'>): void {
    const part = this.#open.get(id);
    if (part?.type !== 'data-permission') return;
    this.#approvals.answer(part.data.tool_call_id ?? '', { id, allowed, message: rest.message });
    this.#settle({ ...part, data: { ...part.data, ...rest, status: allowed ? 'allowed' : 'denied' } });
  }

  questionResolved({ id, answers, by, reason }: ServerData<'question.resolved'>): void {
    const part = this.#open.get(id);
    if (part?.type !== 'data-question') return;
    const status = answers && reason === 'answered' ? 'answered' : 'withdrawn';
    this.#settle({ ...part, data: { ...part.data, status, answers, by, reason } });
  }

  elicitationResolved({ id, action, by, reason }: ServerData<'elicitation.resolved'>): void {
    const part = this.#open.get(id);
    if (part?.type !== 'data-elicitation') return;
    const status = reason === 'answered' ? 'answered' : 'withdrawn';
    this.#settle({ ...part, data: { ...part.data, status, action, by, reason } });
  }

  /** Nobody can answer any more once the turn is over. */
  withdrawAll(): void {
    for (const part of this.#open.values()) {
      const { id } = part;
      if (part.type === 'data-permission') {
        this.permissionResolved({ id, allowed: false, message: 'The turn ended.', ...turnEnded });
      } else if (part.type === 'data-question') {
        this.questionResolved({ id, answers: null, ...turnEnded });
      } else {
        this.elicitationResolved({ id, action: 'cancel', ...turnEnded });
      }
    }
  }

  #ask(part: Part): void {
    this.#open.set(part.id, part);
    this.#writer.write(`${part.type}:${part.id}`, part);
  }

  #settle(part: Part): void {
    this.#open.delete(part.id);
    this.#writer.write(`${part.type}:${part.id}`, part);
  }
}
