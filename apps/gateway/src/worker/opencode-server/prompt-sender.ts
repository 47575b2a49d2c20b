import type { Clock } from '../../ground/clock.ts';
import type { Ids } from '../../ground/ids.ts';
import type { ModelName } from '../opencode/model-name.ts';
import type { WorkerInput } from '../worker.ts';
import { beginTurn, type Conversation } from './conversation.ts';
import { newMessageId } from './message-id.ts';
import type { PermissionPolicy } from './permission-policy.ts';
import type { SessionApi } from './session-api.ts';

/** Messages in which a prompt is looked for that may have arrived. */
const newest = 20;

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

type SentPrompt = { input: WorkerInput; how: 'turn' | 'steer'; model: ModelName | undefined };

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
    return { planned: this.#planned, unconfirmed: this.#unconfirmed, steered: this.#steered };
  }

  send(input: WorkerInput, how: 'turn' | 'steer', model: ModelName | undefined): void {
    const { conversation, clock, ids } = this.#options;
    const messageID = newMessageId(clock, ids);
    if (how === 'steer') {
      conversation.steered.set(messageID, input.inputId);
      this.#steered.set(messageID, input);
    } else beginTurn(conversation, { since: messageID, inputIds: new Set([input.inputId]) });
    this.#post(messageID, { input, how, model });
  }

  /** What waits for an abort is never sent: nobody would follow it. */
  close(): void {
    this.#isClosed = true;
  }

  /** Sends again what an earlier gateway may not have sent. Throws ServerRefusal. */
  async makeSure(): Promise<void> {
    const { api, conversation } = this.#options;
    const sent = [...this.#unconfirmed];
    if (sent.length === 0) return;
    const stored = await api.messages(conversation.sessionId ?? '', newest);
    for (const [id, prompt] of sent) {
      if (stored.some(({ info }) => info.id === id)) this.#unconfirmed.delete(id);
      else this.#post(id, prompt);
    }
  }

  /** NOTE: with its old id a prompt is not stored twice, but answered after all. */
  resendSteered(model: ModelName | undefined): void {
    const { steered } = this.#options.conversation;
    for (const [id, input] of this.#steered) {
      if (steered.has(id)) this.#post(id, { input, how: 'steer', model });
      else this.#steered.delete(id);
    }
  }

  #post(messageID: string, sent: SentPrompt): void {
    const { input, how, model } = sent;
    this.#unconfirmed.set(messageID, sent);
    const { api, conversation, policy, system, aborting, onRefused } = this.#options;
    // NOTE: the agent stays what it was, so leaving the plan has to be said.
    const plans = policy.mode === 'plan';
    this.#planned ||= plans;
    const agent = plans ? 'plan' : this.#planned ? 'build' : undefined;
    const prompt = { messageID, input, model, agent, system };
    const post = () => api.prompt(conversation.sessionId ?? '', prompt);
    const abort = how === 'turn' ? aborting() : undefined;
    (abort ? abort.then(() => (this.#isClosed ? undefined : post())) : post())
      .catch((error: unknown) => {
        if (how === 'steer') conversation.steered.delete(messageID);
        onRefused(error, how);
      })
      .finally(() => this.#unconfirmed.delete(messageID));
  }
}
