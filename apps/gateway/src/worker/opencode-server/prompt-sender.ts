import { atMost } from '../../ground/at-most.ts';
import type { Clock } from '../../ground/clock.ts';
import type { Ids } from '../../ground/ids.ts';
import type { ModelName } from '../opencode/model-name.ts';
import type { WorkerInput } from '../worker.ts';
import { beginTurn, type Conversation } from './conversation.ts';
import { newMessageId } from './message-id.ts';
import type { PermissionPolicy } from './permission-policy.ts';
import { ServerRefusal } from './server-client.ts';
import type { SessionApi } from './session-api.ts';
import { type SlashCommand, toSlashCommand } from './slash-command.ts';

/** Messages in which a prompt is looked for that may have arrived. */
const newest = 20;

/** How long a command of an earlier gateway may take to be a message, and how often that is looked for. */
const patienceMs = 30_000;
const lookMs = 500;

export type PromptSenderOptions = {
  api: SessionApi;
  conversation: Conversation;
  policy: PermissionPolicy;
  /** Added to the system prompt. */
  system: string | undefined;
  clock: Clock;
  ids: Ids;
  /** What an earlier gateway sent. */
  remembered: RememberedPrompts | undefined;
  /** Resolves once no abort is on its way, which would hit the turn that runs when it arrives; absent if none is. */
  aborting(): Promise<unknown> | undefined;
  /** The server did not take a prompt, which was to begin a turn or to be steered into one. */
  onRefused(error: unknown, how: 'turn' | 'steer'): void;
};

type SentPrompt = {
  input: WorkerInput;
  how: 'turn' | 'steer';
  model: ModelName | undefined;
  /** What it was given as, if not as words. */
  command: SlashCommand | undefined;
};

/** Prompts by message id, as far as it is not sure that they are read. */
export type RememberedPrompts = {
  /** Whether the agent of the plan was asked for. */
  planned: boolean;
  /** The server has not said that it has them. */
  unconfirmed: Map<string, SentPrompt>;
  /** More than are still on their way. */
  steered: Map<string, WorkerInput>;
};

/** Hands prompts to the server, and those again that an abort kept from being read. */
export class PromptSender {
  readonly #options: PromptSenderOptions;
  readonly #unconfirmed: Map<string, SentPrompt>;
  readonly #steered: Map<string, WorkerInput>;
  #planned: boolean;
  #isClosed = false;

  constructor(options: PromptSenderOptions) {
    this.#options = options;
    const { planned = false, unconfirmed = [], steered = [] } = options.remembered ?? {};
    this.#planned = planned;
    this.#unconfirmed = new Map(unconfirmed);
    this.#steered = new Map(steered);
  }

  get remembered(): RememberedPrompts {
    const unconfirmed = [...this.#unconfirmed].filter(([id]) => !this.#hasStarted(id));
    return { planned: this.#planned, unconfirmed: new Map(unconfirmed), steered: this.#steered };
  }

  send(input: WorkerInput, how: 'turn' | 'steer', model: ModelName | undefined): void {
    const { conversation, policy, system, clock, ids } = this.#options;
    const messageID = newMessageId(clock, ids);
    const { commands } = conversation;
    // In the middle of a turn there is no command to be given: there it is words like others.
    const command = how === 'turn' ? toSlashCommand(input, { commands, policy, system }) : undefined;
    if (how === 'steer') {
      conversation.steered.set(messageID, input.inputId);
      this.#steered.set(messageID, input);
    } else beginTurn(conversation, { since: messageID, inputIds: new Set([input.inputId]) });
    this.#post(messageID, { input, how, model, command });
  }

  /** What waits for an abort is never sent: nobody would follow it. */
  close(): void {
    this.#isClosed = true;
  }

  /**
   * Sends again what an earlier gateway may not have sent, but never a command: that is a message only once it was begun, and
   * may be on its way still. Throws ServerRefusal, also if nobody knows what became of a command.
   */
  async makeSure(): Promise<void> {
    const sent = [...this.#unconfirmed];
    if (sent.length === 0) return;
    const stored = await this.#storedIds();
    for (const [id, prompt] of sent) {
      if (prompt.command && !stored.has(id)) await this.#awaitStored(id, prompt.command);
      if (prompt.command || stored.has(id)) this.#unconfirmed.delete(id);
      else this.#post(id, prompt);
    }
  }

  /** NOTE: with its old id a prompt is not stored twice, but answered after all. */
  resendSteered(model: ModelName | undefined): void {
    const { steered } = this.#options.conversation;
    for (const [id, input] of this.#steered) {
      if (steered.has(id)) this.#post(id, { input, how: 'steer', model, command: undefined });
      else this.#steered.delete(id);
    }
  }

  #post(messageID: string, sent: SentPrompt): void {
    const { input, how, model, command } = sent;
    this.#unconfirmed.set(messageID, sent);
    const { api, conversation, policy, system, aborting, onRefused } = this.#options;
    // NOTE: the agent stays what it was, so leaving the plan has to be said.
    const plans = policy.mode === 'plan';
    this.#planned ||= plans;
    const agent = plans ? 'plan' : this.#planned ? 'build' : undefined;
    const prompt = { messageID, input, model, agent, system };
    const sessionId = conversation.sessionId ?? '';
    const post = () =>
      command ? api.runCommand(sessionId, { ...prompt, command }) : api.prompt(sessionId, prompt);
    const abort = how === 'turn' ? aborting() : undefined;
    (abort ? abort.then(() => (this.#isClosed ? undefined : post())) : post())
      .catch((error: unknown) => {
        // What becomes of a command that was begun is told by events, also when its answer is lost.
        if (command && (conversation.turn?.since !== messageID || this.#hasStarted(messageID))) return;
        if (how === 'steer') conversation.steered.delete(messageID);
        onRefused(error, how);
      })
      .finally(() => this.#unconfirmed.delete(messageID));
  }

  async #storedIds(): Promise<ReadonlySet<string>> {
    const { api, conversation } = this.#options;
    const stored = await api.messages(conversation.sessionId ?? '', newest);
    return new Set(stored.map(({ info }) => info.id));
  }

  /** Resolves once the server has the message of a command. */
  async #awaitStored(id: string, { command }: SlashCommand): Promise<void> {
    const { clock } = this.#options;
    const until = clock.elapsed() + patienceMs;
    while (clock.elapsed() < until && !this.#isClosed) {
      await atMost(clock, lookMs, []);
      if ((await this.#storedIds()).has(id)) return;
    }
    throw new ServerRefusal(null, `nobody knows whether the command /${command} was carried out`);
  }

  /** Whether the server has begun to work on the prompt with this message id. */
  #hasStarted(messageID: string): boolean {
    const { turn } = this.#options.conversation;
    return turn?.since === messageID && turn.started;
  }
}
