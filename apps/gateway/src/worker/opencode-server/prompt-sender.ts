import type { Clock } from '../../ground/clock.ts';
import type { Ids } from '../../ground/ids.ts';
import type { ModelName } from '../opencode/model-name.ts';
import type { WorkerInput } from '../worker.ts';
import { beginTurn, type Conversation } from './conversation.ts';
import { newMessageId } from './message-id.ts';
import type { PermissionPolicy } from './permission-policy.ts';
import type { SessionApi } from './session-api.ts';

export type PromptSenderOptions = {
  api: SessionApi;
  conversation: Conversation;
  policy: PermissionPolicy;
  /** Added to the system prompt. */
  system: string | undefined;
  clock: Clock;
  ids: Ids;
  /** The server did not take a prompt, which was to begin a turn or to be steered into one. */
  onRefused(error: unknown, how: 'turn' | 'steer'): void;
};

/** Hands prompts to the server, and those again that an abort kept from being read. */
export class PromptSender {
  readonly #options: PromptSenderOptions;
  /** By message id; more than are still on their way. */
  readonly #steered = new Map<string, WorkerInput>();
  #planned = false;

  constructor(options: PromptSenderOptions) {
    this.#options = options;
  }

  send(input: WorkerInput, how: 'turn' | 'steer', model: ModelName | undefined): void {
    const { conversation, clock, ids } = this.#options;
    const messageID = newMessageId(clock, ids);
    if (how === 'steer') {
      conversation.steered.set(messageID, input.inputId);
      this.#steered.set(messageID, input);
    } else beginTurn(conversation, { since: messageID, inputIds: new Set([input.inputId]) });
    this.#post(messageID, input, how, model);
  }

  /** NOTE: with its old id a prompt is not stored twice, but answered after all. */
  resendSteered(model: ModelName | undefined): void {
    const { steered } = this.#options.conversation;
    for (const [id, input] of this.#steered) {
      if (steered.has(id)) this.#post(id, input, 'steer', model);
      else this.#steered.delete(id);
    }
  }

  #post(messageID: string, input: WorkerInput, how: 'turn' | 'steer', model: ModelName | undefined): void {
    const { api, conversation, policy, system, onRefused } = this.#options;
    // NOTE: the agent stays what it was, so leaving the plan has to be said.
    const plans = policy.mode === 'plan';
    this.#planned ||= plans;
    const agent = plans ? 'plan' : this.#planned ? 'build' : undefined;
    const prompt = { messageID, input, model, agent, system };
    api.prompt(conversation.sessionId ?? '', prompt).catch((error: unknown) => {
      if (how === 'steer') conversation.steered.delete(messageID);
      onRefused(error, how);
    });
  }
}
