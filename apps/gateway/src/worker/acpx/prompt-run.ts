import type { ChildProcess, ProcessOptions, SpawnProcess } from '../../process/child-process.ts';
import { toPromptContent } from '../acp-session/prompt-content.ts';
import type { Outcome } from '../acp-session/turn-end.ts';
import type { WorkerEvent, WorkerInput } from '../worker.ts';
import { toWords } from './acpx-commands.ts';
import { decodeLine, type PromptLine } from './messages.ts';
import { type NamedSession, newExchange, translateLine } from './translate.ts';

export type PromptRunOptions = ProcessOptions & {
  spawn: SpawnProcess;
  input: WorkerInput;
  session: NamedSession;
  /** Monotonic milliseconds. */
  now(): number;
};

export interface PromptRunListener {
  onEvents(events: readonly WorkerEvent[]): void;
  /** The agent has the prompt: from now on it can be cancelled. */
  onReached(): void;
  /** The turn is over; told once, unless the queue owner is gone. */
  onOutcome(outcome: Outcome): void;
  /** Told after everything else. */
  onExit(end: { ownerGone: boolean }): void;
}

/** One prompt on its way through the queue owner. The process lives on for a second after its turn, to no effect. */
export class PromptRun {
  readonly #options: PromptRunOptions;
  readonly #listener: PromptRunListener;
  readonly #exchange = newExchange();
  readonly #process: ChildProcess;
  #over = false;
  #ownerGone = false;

  constructor({ spawn, input, session, now, ...process }: PromptRunOptions, listener: PromptRunListener) {
    this.#options = { spawn, input, session, now, ...process };
    this.#listener = listener;
    this.#process = spawn(process, {
      onLines: (lines) => {
        for (const line of lines) this.#read(decodeLine(line));
      },
      onExit: (exit) => {
        if (!this.#ownerGone) this.#end({ error: { code: 0, message: toWords(exit) } });
        listener.onExit({ ownerGone: this.#ownerGone });
      },
    });
    // NOTE: acpx takes plain text for blocks of the protocol if it looks like them, and cuts blanks off its ends.
    this.#process.writeLine(JSON.stringify(toPromptContent(input)));
    this.#process.closeInput();
  }

  /** Whether the agent has the prompt. */
  get reached(): boolean {
    return this.#exchange.promptId !== undefined;
  }

  get over(): boolean {
    return this.#over;
  }

  /** Ends the process; the turn itself goes on in the queue owner. */
  async stop(): Promise<void> {
    await this.#process.stop();
  }

  #read(line: PromptLine): void {
    if (line.type === 'failed' && line.error.data?.detailCode?.startsWith('QUEUE_DISCONNECTED')) {
      // What became of the owner is told by its own end.
      this.#ownerGone = true;
      return;
    }
    const { reached } = this;
    const { session, now } = this.#options;
    const { events, outcome } = translateLine(line, { session, exchange: this.#exchange, at: now() });
    this.#listener.onEvents(events);
    if (this.reached && !reached) this.#listener.onReached();
    if (outcome) this.#end(outcome);
  }

  #end(outcome: Outcome): void {
    if (this.#over) return;
    this.#over = true;
    this.#listener.onOutcome(outcome);
  }
}
