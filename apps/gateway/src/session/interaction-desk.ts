import type { Clock, Timer } from '../ground/clock.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Logger } from '../ground/logger.ts';
import type { InteractionRecord, SessionStore } from '../store/store.ts';
import type { InteractionResponse, WorkerEvent } from '../worker/worker.ts';
import { auditEntry } from './audit-entry.ts';
import {
  givenAnswer,
  type InteractionRequest,
  isSameRequest,
  kindOf,
  openInteraction,
  type PermissionRequest,
  refusal,
  resolvedEvent,
} from './interactions.ts';
import type { Ledger } from './ledger.ts';
import type { SessionLimits } from './session-options.ts';
import { Step } from './step.ts';
import type { Verdicts } from './verdicts.ts';

type DeskOptions = {
  store: SessionStore;
  clock: Clock;
  logger: Logger;
  limits: Pick<SessionLimits, 'permissionTimeoutMs'>;
  ledger: Ledger;
  verdicts: Verdicts;
  /** Writes down what happened by itself. */
  happened(collect: (step: Step) => void, goOn: () => void): void;
  /** Carries a decision to the agent. */
  answer(response: InteractionResponse): void;
};

type Decision = {
  answer: InteractionResponse;
  by: string | null;
  reason: 'answered' | 'timeout' | 'interrupted' | 'policy';
};
type ToolCheck = Extract<WorkerEvent, { type: 'tool.check' }>;

/** What the agent asked and nobody decided yet. The first decision wins; no decision in time is a refusal (rule E4). */
export class InteractionDesk {
  readonly #options: DeskOptions;
  readonly #deadlines = new Map<string, Timer>();

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  get open(): InteractionRecord[] {
    return this.#options.store.openInteractions(this.#options.ledger.record.id);
  }

  /** Whether the agent waits for a person, as far as this process knows. */
  get isAsking(): boolean {
    return this.#deadlines.size > 0;
  }

  /**
   * Writes a request down and tells it. A tool call is judged in the same step: what the policy decides is told as
   * decided, and nobody can answer it; for the rest a deadline starts. No request takes the place of an earlier one.
   */
  add(
    step: Step,
    request: InteractionRequest,
    turnId: string | null,
    timeoutMs = this.#options.limits.permissionTimeoutMs,
  ): void {
    if (this.#isAskedBefore(step, request)) return;
    if (request.type === 'permission_request') {
      const policy = this.#options.verdicts.of(request);
      this.#judge(step, { ...request, data: { ...request.data, policy } }, turnId);
    } else this.#watch(this.#open(step, request, { turnId, timeoutMs }).id, timeoutMs);
  }

  /** A tool that asks nobody: the agent goes on unless the policy refuses, which is told, or could not judge it. */
  check(step: Step, { data, calls = [] }: ToolCheck, turnId: string | null): void {
    const request: PermissionRequest = { type: 'permission_request', data };
    // An agent that outlived a gateway may wait for a word that was given already.
    const known = this.#find(data.id);
    const given = known && isSameRequest(known, request) ? givenAnswer(known) : undefined;
    if (given) {
      step.answers.push(given);
      return;
    }
    if (this.#isAskedBefore(step, request)) return;
    const { verdicts } = this.#options;
    const policy = verdicts.of({ data, calls });
    if (verdicts.stops({ calls }, policy))
      this.#judge(step, { ...request, data: { ...data, policy } }, turnId);
    else step.answers.push({ kind: 'permission', id: data.id, allowed: true });
  }

  /** Goes on waiting for what an earlier gateway asked: the agent still waits, and the deadlines are what they were. */
  resume(): void {
    const { clock, limits } = this.#options;
    const now = clock.now();
    // The wall clock may have been set meanwhile.
    for (const { id, deadlineAt } of this.open)
      this.#watch(id, Math.min(limits.permissionTimeoutMs, Math.max(0, deadlineAt - now)));
  }

  /** A person decides. Throws ALREADY_RESOLVED if somebody was faster, POLICY_DENIED for an input that is refused. */
  respond(answer: InteractionResponse, by: string): void {
    const row = this.#find(answer.id);
    if (!row || row.kind !== answer.kind) {
      throw new GatewayError(
        'INVALID_MESSAGE',
        `there is no ${answer.kind} request ${answer.id} in this session`,
      );
    }
    if (row.status === 'resolved')
      throw new GatewayError('ALREADY_RESOLVED', 'this request was decided before');
    this.#options.verdicts.requireAllowed(row, answer);
    this.#decide(row, { answer, by, reason: 'answered' });
  }

  /** The agent does not ask any more. */
  withdraw(step: Step, id: string): void {
    const row = step.interactions.get(id) ?? this.#find(id);
    if (row?.status === 'open')
      this.#resolve(step, row, {
        answer: refusal(row, 'withdrawn by the agent'),
        by: null,
        reason: 'interrupted',
      });
  }

  /** Nothing that was asked matters any more: the turn ends. */
  withdrawAll(step: Step): void {
    const rows = new Map(this.open.map((row) => [row.id, row]));
    for (const row of step.interactions.values()) rows.set(row.id, row);
    for (const row of rows.values()) {
      if (row.status === 'open')
        this.#resolve(step, row, { answer: refusal(row, 'the turn ended'), by: null, reason: 'interrupted' });
    }
  }

  /**
   * Whether the session has a request of this id, which its agent chose. What a person was shown stays what he answers, and
   * what was answered stays so: the same one, still open, is one request; anything else is refused, and with it what was
   * open, as nobody could say to which of the two an answer belongs.
   */
  #isAskedBefore(step: Step, request: InteractionRequest): boolean {
    const { id } = request.data;
    const row = step.interactions.get(id) ?? this.#find(id);
    if (!row) return false;
    const isOpen = row.status === 'open';
    if (isOpen && isSameRequest(row, request)) return true;
    const { logger, ledger } = this.#options;
    logger.warn({ session: ledger.record.id, request: id }, 'an agent used the id of a request twice');
    const reason = 'the id of this request was used before';
    if (isOpen) this.#resolve(step, row, { answer: refusal(row, reason), by: null, reason: 'interrupted' });
    step.answers.push(refusal({ id, kind: kindOf(request) }, reason));
    return true;
  }

  #judge(step: Step, { type, data }: PermissionRequest, turnId: string | null): void {
    const { verdicts, limits } = this.#options;
    const { permissionTimeoutMs: timeoutMs } = limits;
    const row = this.#open(step, { type, data }, { turnId, timeoutMs });
    const answer = data.policy && verdicts.answer(row.id, data.policy);
    if (!answer) {
      this.#watch(row.id, timeoutMs);
      return;
    }
    this.#resolve(step, row, { answer, by: null, reason: 'policy' });
    step.answers.push(answer);
  }

  #open(
    step: Step,
    request: InteractionRequest,
    { turnId, timeoutMs }: { turnId: string | null; timeoutMs: number },
  ): InteractionRecord {
    const row = openInteraction(request, { turnId, now: this.#options.clock.now(), timeoutMs });
    step.interactions.set(row.id, row);
    step.tell(
      { ...request, data: { ...request.data, deadline_ms: timeoutMs } } as InteractionRequest,
      turnId,
    );
    return row;
  }

  #watch(id: string, ms: number): void {
    this.#deadlines.set(
      id,
      this.#options.clock.after(ms, () => this.#expire(id)),
    );
  }

  #find(id: string): InteractionRecord | undefined {
    return this.#options.store.interaction(this.#options.ledger.record.id, id);
  }

  #expire(id: string): void {
    const row = this.#find(id);
    if (row?.status !== 'open') return;
    const { happened, answer } = this.#options;
    const decision = {
      answer: refusal(row, 'nobody answered in time'),
      by: null,
      reason: 'timeout',
    } as const;
    happened(
      (step) => {
        // It may have been decided while this waited to be written down.
        if (this.#find(id)?.status === 'open') this.#resolve(step, row, decision);
      },
      () => answer(decision.answer),
    );
  }

  #decide(row: InteractionRecord, decision: Decision): void {
    const step = new Step();
    this.#write(step, row, decision);
    this.#options.ledger.store(step);
    this.#unwatch(row.id);
    this.#options.answer(decision.answer);
  }

  /** For what happened by itself: it is written sooner or later. */
  #resolve(step: Step, row: InteractionRecord, decision: Decision): void {
    this.#write(step, row, decision);
    this.#unwatch(row.id);
  }

  #unwatch(id: string): void {
    this.#deadlines.get(id)?.cancel();
    this.#deadlines.delete(id);
  }

  #write(step: Step, row: InteractionRecord, { answer, by, reason }: Decision): void {
    const event = resolvedEvent(answer, by, reason);
    const resolution = { ...event.data };
    step.interactions.set(row.id, {
      ...{ ...row, status: 'resolved', resolution, answer: { ...answer } },
      resolvedAt: this.#options.clock.now(),
    });
    step.audit.push(auditEntry(row, { answer, by, reason, sessionId: this.#options.ledger.record.id }));
    step.tell(event, row.turnId);
  }
}
