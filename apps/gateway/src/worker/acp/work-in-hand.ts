import type { Conversation } from '../acp-session/conversation.ts';
import { type Failure, toFailure } from '../acp-session/failure.ts';
import { type Outcome, toOutcome } from '../acp-session/turn-end.ts';
import type { WorkerCommand, WorkerEvent } from '../worker.ts';
import type { AgentConnection, OnReply } from './agent-connection.ts';
import type { CommandPlan } from './commands.ts';

/** What an agent has in hand, by the numbers of our requests. */
export type WorkMemory = {
  prompt: number | undefined;
  commands: [id: number, command: WorkerCommand][];
};

export type WorkInHandOptions = {
  connection: AgentConnection;
  conversation(): Conversation;
  /** What to do when the agent is not signed in. */
  signIn: string;
  /** The agent answered the prompt: returns the last events of its turn. */
  onOutcome(outcome: Outcome): WorkerEvent[];
};

type RequestPlan = Extract<CommandPlan, { by: 'request' }>;

/** What the agent was given to do and has not answered: a prompt, and commands. */
export class WorkInHand {
  readonly #options: WorkInHandOptions;
  readonly #commands = new Map<number, WorkerCommand>();
  #prompt: number | undefined;

  constructor(options: WorkInHandOptions) {
    this.#options = options;
  }

  get memory(): WorkMemory {
    return { prompt: this.#prompt, commands: [...this.#commands] };
  }

  prompt(params: Record<string, unknown>): void {
    this.#prompt = this.#options.connection.send('session/prompt', params, this.#onPromptReply);
  }

  command(command: WorkerCommand, plan: RequestPlan): void {
    const { method, params } = plan.request;
    const id = this.#options.connection.send(method, params, (reply) => this.#toOnReply(plan, id)(reply));
    this.#commands.set(id, command);
  }

  /** Waits for the answers to what an earlier gateway sent. `plan`: what a command was meant to do. */
  resume({ prompt, commands }: WorkMemory, plan: (command: WorkerCommand) => CommandPlan): void {
    const { connection } = this.#options;
    this.#prompt = prompt;
    if (prompt !== undefined) connection.expect(prompt, this.#onPromptReply);
    for (const [id, command] of commands) {
      const planned = plan(command);
      if (planned.by !== 'request') continue;
      this.#commands.set(id, command);
      connection.expect(id, this.#toOnReply(planned, id));
    }
  }

  readonly #onPromptReply: OnReply = (reply) => {
    this.#prompt = undefined;
    return this.#options.onOutcome('error' in reply ? reply : toOutcome(reply.value));
  };

  #toOnReply({ onDone }: RequestPlan, id: number): OnReply {
    const { conversation, signIn } = this.#options;
    return (reply) => {
      this.#commands.delete(id);
      if (!('error' in reply)) return onDone(conversation());
      const data: Failure = toFailure(reply.error, signIn);
      return [{ type: 'error', data }];
    };
  }
}
