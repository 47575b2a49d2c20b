import { createIds, type Ids } from '../../../src/ground/ids.ts';
import type { InteractionResponse, Worker, WorkerEvent, WorkerState } from '../../../src/worker/worker.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import type { AdoptionContract, RecordedStep } from './contract.ts';
import { PlayedProcess } from './played-process.ts';

type Asked = Extract<
  WorkerEvent,
  { type: 'permission_request' | 'question_request' | 'elicitation_request' }
>;

const isAsked = (event: WorkerEvent): event is Asked => /_request$/.test(event.type);

/** One gateway after the other, each dying at once, with one agent that lives through all of them. */
export class PlayedGateways {
  /** What the log holds in the end, but for `worker.ready`, which each gateway is told. */
  readonly log: WorkerEvent[] = [];
  readonly process = new PlayedProcess();
  readonly #contract: AdoptionContract;
  /** Recorded ids of requests to the agent, and those that the worker gave them here. */
  readonly #ids = new Map<string, string | number>();
  #requests = 0;
  /** The same in every run, so that what is told can be compared. */
  readonly #newIds: Ids = { ...createIds(), uuid: () => `uuid-${++this.#requests}` };
  #clock = createManualClock(0);
  #worker: Worker;
  /** As the store keeps it. */
  #saved: string | undefined;
  #gateways = 0;
  #readies = 0;
  #turn: { answers: InteractionResponse[] } | undefined;

  constructor(contract: AdoptionContract) {
    this.#contract = contract;
    this.#worker = this.#start();
  }

  /** Answers what the worker asks of an agent that has just come up. */
  async greet(): Promise<void> {
    const { greet } = this.#contract;
    await Promise.resolve();
    for (let read = 0; read < this.process.written.length; read += 1) {
      this.process.say([greet(this.process.written[read] ?? '')].flat());
      await this.read();
      // A handshake may be a chain of promises.
      await new Promise(setImmediate);
    }
    if (this.#readies !== 1) throw new Error('the worker did not get ready');
  }

  /** What the session asks of the worker. Lines are only heard: `read` reads them. */
  async take(step: RecordedStep): Promise<void> {
    this.#clock.advance(Math.max(0, step.at - this.#clock.now()));
    if ('line' in step) {
      const named = [...this.#ids].reduce(
        (line, [old, now]) => line.replaceAll(JSON.stringify(old), JSON.stringify(now)),
        step.line,
      );
      this.process.say([named]);
      return;
    }
    if ('end' in step) return this.process.end(step.end);
    const before = this.process.written.length;
    if ('prompt' in step) this.#prompt(step.prompt);
    if ('answer' in step) this.#answer(step.answer);
    if ('interrupt' in step) this.#worker.interrupt();
    if ('command' in step) this.#worker.command?.(step.command);
    const given = this.#contract.idOf(this.process.written[before] ?? '{}');
    if ('id' in step && given !== undefined) this.#ids.set(step.id, given);
    this.#save();
    await Promise.resolve();
  }

  async read(): Promise<void> {
    this.process.read();
    await Promise.resolve();
  }

  /** The gateway dies, and another one goes on. False where nobody could: then it lives. */
  async cut(): Promise<boolean> {
    if (this.#saved === undefined) return false;
    this.#clock = createManualClock(this.#clock.now());
    this.#worker = this.#start(JSON.parse(this.#saved));
    const before = this.process.written.length;
    for (const answer of this.#turn?.answers ?? []) this.#worker.respond?.(answer);
    if (this.process.written.length !== before) throw new Error('an answer was given to the agent twice');
    await Promise.resolve();
    if (this.#readies !== this.#gateways) throw new Error('the worker did not say that it is ready');
    await this.read();
    return true;
  }

  #start(adopt?: WorkerState): Worker {
    this.#gateways += 1;
    const gateway = this.#gateways;
    return this.#contract.start(
      { spawn: this.process.spawn, clock: this.#clock, ids: this.#newIds, ...(adopt && { adopt }) },
      {
        onEvents: (events) => {
          if (gateway === this.#gateways) this.#store(events);
        },
        onExit: (exit) => {
          throw new Error(`the worker ended: ${JSON.stringify(exit)}`);
        },
      },
    );
  }

  #store(events: readonly WorkerEvent[]): void {
    const checks: string[] = [];
    for (const event of events) {
      if (event.type === 'worker.ready') this.#readies += 1;
      else if (event.type === 'tool.check') checks.push(event.data.id);
      else this.log.push(event);
      if (event.type === 'turn.started') this.#turn ??= { answers: [] };
      if (event.type === 'done') this.#turn = undefined;
    }
    this.#save();
    for (const id of checks) this.#worker.respond?.({ kind: 'permission', id, allowed: true });
    if (checks.length > 0) this.#save();
  }

  #save(): void {
    const state = this.#worker.save?.();
    this.#saved = state && JSON.stringify(state);
  }

  #prompt(input: { inputId: string; content: string }): void {
    if (this.#turn) this.#worker.steer?.(input);
    else {
      this.#turn = { answers: [] };
      this.#worker.prompt(input);
    }
  }

  #answer({ id, allowed }: { id: string; allowed: boolean }): void {
    const asked = this.log.filter(isAsked).find(({ data }) => data.id === id);
    if (!asked) return;
    const answer = toAnswer(asked, allowed);
    this.#turn?.answers.push(answer);
    this.#worker.respond?.(answer);
  }
}

function toAnswer({ type, data }: Asked, allowed: boolean): InteractionResponse {
  const { id } = data;
  if (type === 'permission_request') return { kind: 'permission', id, allowed };
  if (type === 'elicitation_request')
    return { kind: 'elicitation', id, action: allowed ? 'accept' : 'decline' };
  const answers = data.questions.map(({ question, options }) => [question, options[0]?.label ?? '']);
  return { kind: 'question', id, answers: allowed ? Object.fromEntries(answers) : null };
}
