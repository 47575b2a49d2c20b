import type { SessionConfig } from '@hotplex/aep-protocol';
import type { Clock } from '../../ground/clock.ts';
import type { Ids } from '../../ground/ids.ts';
import type { InteractionResponse } from '../worker.ts';
import { answerByPerson, answerCheck } from './answer-asks.ts';
import type { Conversation } from './conversation.ts';
import { createSession, type Opened, openConversation, readModels } from './open-conversation.ts';
import type { OpenCodeServer, ServerTenant } from './opencode-server.ts';
import type { PermissionPolicy } from './permission-policy.ts';
import { PromptSender, type PromptSenderOptions } from './prompt-sender.ts';
import { SessionApi } from './session-api.ts';

type ServerLinkOptions = Pick<PromptSenderOptions, 'remembered' | 'onRefused'> & {
  server: OpenCodeServer;
  conversation: Conversation;
  policy: PermissionPolicy;
  config: SessionConfig;
  permissionModes: readonly string[];
  clock: Clock;
  ids: Ids;
};

/** What a conversation has of its server from when that is up. */
export class ServerLink {
  readonly server: OpenCodeServer;
  readonly api: SessionApi;
  readonly sender: PromptSender;
  readonly #options: ServerLinkOptions;
  #aborting: Promise<unknown> | undefined;

  constructor(options: ServerLinkOptions) {
    const { server, conversation, policy, config, remembered, onRefused, clock, ids } = options;
    this.#options = options;
    this.server = server;
    this.api = new SessionApi(server.client, conversation.workDir);
    this.sender = new PromptSender({
      ...{ api: this.api, conversation, policy, clock, ids, remembered, onRefused },
      system: config.system_prompt,
      aborting: () => this.#aborting,
    });
  }

  /** Finds the conversation to go on with or to branch off, or makes one. Throws ServerRefusal. */
  open({ resume, fork }: { resume: string | undefined; fork: string | undefined }): Promise<Opened> {
    return openConversation({ ...this.#reading, resume, fork, disallowed: this.#disallowed });
  }

  /** Makes another conversation. Throws ServerRefusal. */
  create(): Promise<string> {
    return createSession({ api: this.api, disallowed: this.#disallowed });
  }

  /** The same for the conversation of an earlier gateway: what that may not have sent is sent. Throws ServerRefusal. */
  async reopen(): Promise<Opened> {
    const { ready, fallback } = await readModels(this.#reading);
    await this.sender.makeSure();
    return { events: [{ type: 'worker.ready', data: ready }], fallback };
  }

  /** From now on this tenant gets the events of the conversation and its sub-agents. */
  claim(tenant: ServerTenant): void {
    const { sessionId, children } = this.#options.conversation;
    for (const id of sessionId === undefined ? [] : [sessionId, ...children.keys()]) {
      this.server.claim(id, tenant);
    }
  }

  /** Passes on what was decided about something that the agent asked or waits for. */
  respond(response: InteractionResponse): void {
    const { conversation, policy } = this.#options;
    if (answerCheck(conversation, this.server, response)) return;
    answerByPerson({ conversation, policy, api: this.api }, response);
  }

  abort(): void {
    const abort = this.api.abort(this.#options.conversation.sessionId ?? '');
    const aborting = Promise.allSettled([this.#aborting, abort]).then(() => {
      if (this.#aborting === aborting) this.#aborting = undefined;
    });
    this.#aborting = aborting;
  }

  get #disallowed(): readonly string[] {
    return this.#options.config.disallowed_tools ?? [];
  }

  get #reading() {
    const { conversation, permissionModes, server } = this.#options;
    return { api: this.api, conversation, permissionModes, version: server.version };
  }
}
