import * as z from 'zod';
import type { ModelName } from '../opencode/model-name.ts';
import type { WorkerInput } from '../worker.ts';
import { messageInfo, part, permissionRequest, questionRequest, sessionStatus } from './messages.ts';
import { toPromptParts } from './prompt-parts.ts';
import { type ServerClient, ServerRefusal } from './server-client.ts';
import type { SlashCommand } from './slash-command.ts';

const session = z.looseObject({ id: z.string(), directory: z.string() });
const history = z.array(z.looseObject({ info: messageInfo, parts: z.array(part) }));
export type History = z.infer<typeof history>;

export type Prompt = {
  messageID: string;
  input: WorkerInput;
  model: ModelName | undefined;
  agent: string | undefined;
  system: string | undefined;
};

type Branch = { id: string; last: string | undefined; permission: readonly DenyRule[] };

/** A rule that takes a tool away from a session. */
export type DenyRule = { permission: string; pattern: '*'; action: 'deny' };

/** A summary is written by the model and answered when it is done, and so is the turn of a command. */
const turnMs = 600_000;

/** What the server offers for the conversations of one folder, read by schema. All throw ServerRefusal. */
export class SessionApi {
  readonly #client: ServerClient;
  readonly #directory: string;

  constructor(client: ServerClient, directory: string) {
    this.#client = client;
    this.#directory = directory;
  }

  async create(permission: readonly DenyRule[]): Promise<string> {
    const body = permission.length === 0 ? {} : { permission };
    return session.parse(await this.#post('/session', body)).id;
  }

  /**
   * A new conversation that remembers this one, up to a message if one is named, in the same folder. Undefined if there is
   * no such message.
   */
  async fork({ id, last, permission }: Branch): Promise<string | undefined> {
    const path = `/session/${encodeURIComponent(id)}/fork`;
    const until = last === undefined ? {} : await this.#until(id, last);
    if (until === undefined) return undefined;
    const fork = session.parse(await this.#post(path, until)).id;
    // NOTE: a fork has none of the rules that its origin was made with.
    if (permission.length > 0) await this.#send('PATCH', `/session/${fork}`, { permission });
    return fork;
  }

  /** The folder of a conversation, or undefined if the server does not have it. */
  async directoryOf(id: string): Promise<string | undefined> {
    try {
      return session.parse(await this.#get(`/session/${encodeURIComponent(id)}`)).directory;
    } catch (error) {
      if (error instanceof ServerRefusal && error.status !== null) return undefined;
      throw error;
    }
  }

  /** Hands a prompt over; what becomes of it is told by events. */
  async prompt(id: string, { messageID, input, model, agent, system }: Prompt): Promise<void> {
    await this.#post(`/session/${id}/prompt_async`, {
      messageID,
      parts: toPromptParts(input),
      model,
      agent,
      system,
    });
  }

  /**
   * Has the agent carry out a command, as the prompt with this message id. It is told by events, as that of a prompt is, and
   * goes on if nobody waits for the answer, which comes at the end of the turn (observed with 1.18.33).
   * NOTE: a command takes no system prompt beside the agent's own, and what its text names is run and read unasked: see
   * `toSlashCommand` for what may be one.
   */
  async runCommand(
    id: string,
    {
      command,
      messageID,
      model,
      agent,
    }: Pick<Prompt, 'messageID' | 'model' | 'agent'> & { command: SlashCommand },
  ): Promise<void> {
    const path = `/session/${id}/command`;
    const name = model && `${model.providerID}/${model.modelID}`;
    const body = { ...command, messageID, model: name, agent };
    await this.#client.call({ method: 'POST', path, directory: this.#directory, body, timeoutMs: turnMs });
  }

  async abort(id: string): Promise<void> {
    await this.#post(`/session/${id}/abort`, undefined);
  }

  async summarize(id: string, model: ModelName): Promise<void> {
    const path = `/session/${id}/summarize`;
    const directory = this.#directory;
    await this.#client.call({ method: 'POST', path, directory, body: model, timeoutMs: turnMs });
  }

  /** The newest messages, oldest first. */
  async messages(id: string, limit: number): Promise<History> {
    return history.parse(await this.#get(`/session/${id}/message?limit=${limit}`));
  }

  /** Whether the server works on this conversation. */
  async isBusy(id: string): Promise<boolean> {
    const statuses = z.record(z.string(), sessionStatus).parse(await this.#get('/session/status'));
    return statuses[id] !== undefined && statuses[id].type !== 'idle';
  }

  async openPermissions() {
    return z.array(permissionRequest).parse(await this.#get('/permission'));
  }

  async openQuestions() {
    return z.array(questionRequest).parse(await this.#get('/question'));
  }

  /** NOTE: "always" is never sent: it would hold for every session of the folder. */
  async replyPermission(
    id: string,
    answer: { allow: true } | { allow: false; message: string },
  ): Promise<void> {
    // NOTE: without a message the turn ends; with one the model hears it and goes on.
    const body = answer.allow ? { reply: 'once' } : { reply: 'reject', message: answer.message };
    await this.#post(`/permission/${id}/reply`, body);
  }

  /** One list of labels per question, in their order; an empty list is no answer. */
  async replyQuestion(id: string, answers: readonly (readonly string[])[]): Promise<void> {
    await this.#post(`/question/${id}/reply`, { answers });
  }

  /** An answer in the server's own shape, for what is only shown. */
  async read(path: string): Promise<unknown> {
    return this.#get(path);
  }

  /** NOTE: the server leaves out the message that it is told, and all behind it. */
  async #until(id: string, last: string): Promise<{ messageID?: string } | undefined> {
    const all = history.parse(await this.#get(`/session/${encodeURIComponent(id)}/message`));
    const at = all.findIndex(({ info }) => info.id === last);
    if (at < 0) return undefined;
    const next = all[at + 1];
    return next ? { messageID: next.info.id } : {};
  }

  #get(path: string): Promise<unknown> {
    return this.#client.call({ path, directory: this.#directory });
  }

  #post(path: string, body: unknown): Promise<unknown> {
    return this.#send('POST', path, body);
  }

  #send(method: 'POST' | 'PATCH', path: string, body: unknown): Promise<unknown> {
    return this.#client.call({ method, path, directory: this.#directory, body });
  }
}
