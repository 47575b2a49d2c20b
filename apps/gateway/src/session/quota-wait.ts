import { inputAuthor } from '@hotplex/aep-protocol';
import type { Clock } from '../ground/clock.ts';
import type { WorkerEvent } from '../worker/worker.ts';
import { bodyHash } from './accept-input.ts';
import type { Step } from './step.ts';

export type QuotaLimits = {
  /** How long it is waited for a quota to be had again, milliseconds; 0: not at all. */
  maxWaitMs: number;
  /** What the agent is told then: the prompt is in its memory already. */
  prompt: string;
};

type QuotaOptions = {
  clock: Clock;
  limits: QuotaLimits;
  /** Called for every wait that begins. */
  onWait(): void;
};

/** Whoever does not know when has a moment. */
const shortestWaitMs = 1_000;
/** So often in a row nobody has to say anything; an agent that has nothing to show for it then is not asked again. */
const mostWaits = 24;
/** Who is named as the author of what nobody said. */
const author = inputAuthor.gateway;

/**
 * What an agent leaves undone because its quota is used up goes on by itself when there is another: a prompt is put into
 * the queue that waits until then, and all others with it. Taking it back ends the wait.
 */
export class QuotaWait {
  readonly #options: QuotaOptions;
  /** When there is a quota again by what the turn in progress said last, Unix milliseconds. */
  #resetsAt: number | undefined;
  /** Waits since a turn succeeded. */
  #waits = 0;

  constructor(options: QuotaOptions) {
    this.#options = options;
  }

  /** The agent said something in a turn. */
  hear(event: WorkerEvent): void {
    if (event.type !== 'error') return;
    const { code, details } = event.data;
    const resetsAt = typeof details?.resets_at === 'string' ? Date.parse(details.resets_at) : Number.NaN;
    this.#resetsAt = code === 'RATE_LIMITED' && !Number.isNaN(resetsAt) ? resetsAt : undefined;
  }

  /** The turn is over: what it leaves undone is put into the queue. */
  turnEnded(step: Step, { turnId, isUndone }: { turnId: string | null; isUndone: boolean }): void {
    const resetsAt = this.#resetsAt;
    this.#resetsAt = undefined;
    const { clock, limits, onWait } = this.#options;
    const now = clock.now();
    if (!isUndone) this.#waits = 0;
    if (!isUndone || resetsAt === undefined || turnId === null || this.#waits === mostWaits) return;
    if (resetsAt <= now || resetsAt - now > limits.maxWaitMs) return;
    const notBefore = Math.max(resetsAt, now + shortestWaitMs);
    const request = { inputId: `continue-${turnId}`, content: limits.prompt, author };
    const echo = { delivery: 'queue', status: 'queued' } as const;
    step.inputs.set(request.inputId, {
      ...{ ...request, ...echo, bodyHash: bodyHash(request), parts: null },
      ...{ turnId: null, createdAt: now, notBefore },
    });
    const { inputId: input_id, content } = request;
    step.tell({ type: 'input', data: { ...echo, input_id, content, author } }, null);
    const until = new Date(notBefore).toISOString();
    const message = `The quota is used up until ${until}. The conversation goes on by itself then; take the waiting prompt back to stop that.`;
    const details = { resets_at: until, goes_on: true, input_id };
    step.tell({ type: 'worker.notice', data: { kind: 'rate_limit', message, details } }, turnId);
    this.#waits += 1;
    onWait();
  }
}
