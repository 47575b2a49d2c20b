import type { PermissionParams } from '../acp-session/messages.ts';
import { toName, toToolView } from '../acp-session/tool-view.ts';
import type { InteractionResponse, ToolCall as JudgedCall, WorkerEvent } from '../worker.ts';
import { RequestError } from './agent-connection.ts';

type RequestData = Extract<WorkerEvent, { type: 'permission_request' }>['data'];
type Option = NonNullable<RequestData['options']>[number];

export type AskOptions = Pick<PermissionParams, 'toolCall' | 'options'> & {
  /** Whether the call is one that clients were told of. */
  callKnown: boolean;
  /** What it would do, for the policy. */
  calls: readonly JudgedCall[];
};

/** What a request came to: the option that was chosen, or that its turn was interrupted. */
export type Answer = { optionId: string; allowed: boolean; reason?: string } | 'cancelled' | 'denied';

type OpenAsk = { options: readonly Option[]; key: string; resolve(answer: Answer): void };

/** Ours, where the agent has no such option: the very same call is allowed until the session's process ends. */
const rememberId = 'allow_same_call';
const remember: Option = { id: rememberId, label: 'Allow this same call from now on', kind: 'allow_always' };

/** The answers to what the agent does through us. */
export const ownOptions: readonly Option[] = [
  { id: 'allow', label: 'Allow once', kind: 'allow_once' },
  { id: 'reject', label: 'Deny', kind: 'reject_once' },
];

/** Throws RequestError with the reason, which an agent passes on to its model. */
export function requireAllowed(answer: Answer): void {
  if (typeof answer !== 'object') throw new RequestError(-32_603, 'this was not allowed');
  if (!answer.allowed) throw new RequestError(-32_603, answer.reason ?? 'this was refused by the user');
}

/** The requests for permission that nobody has answered, and what was allowed for the session. */
export class Asks {
  readonly #emit: (events: readonly WorkerEvent[]) => void;
  readonly #open = new Map<string, OpenAsk>();
  readonly #remembered = new Set<string>();
  readonly #newId: () => string;

  constructor({ emit, newId }: { emit: (events: readonly WorkerEvent[]) => void; newId: () => string }) {
    this.#emit = emit;
    this.#newId = newId;
  }

  /** Asks a person or, if the same call was allowed before, the session alone. */
  ask({ toolCall: call, options, callKnown, calls }: AskOptions): Promise<Answer> {
    const view = toToolView(call);
    const key = JSON.stringify([toName(call), call.rawInput ?? call.title]);
    const offered = options.map(({ optionId, name, kind }): Option => ({ id: optionId, label: name, kind }));
    const once = offered.find(({ kind }) => kind === 'allow_once');
    const type = once && this.#remembered.has(key) ? 'tool.check' : 'permission_request';
    if (once && !offered.some(({ kind }) => kind === 'allow_always')) offered.splice(1, 0, remember);
    const id = this.#newId();
    const request: RequestData = {
      id,
      tool_name: view.name,
      description: view.title,
      args: [JSON.stringify(view.input)],
      input_raw: view.input,
      options: offered,
      ...(callKnown ? { tool_call_id: call.toolCallId } : {}),
    };
    return new Promise((resolve) => {
      this.#open.set(id, { options: offered, key, resolve });
      this.#emit([{ type, data: request, calls }]);
    });
  }

  /** Asks the session for its word on what needs no person. Throws RequestError with the reason if it is refused. */
  async check(call: Omit<AskOptions, 'options'>): Promise<void> {
    const { toolCall, callKnown, calls } = call;
    const { name, title, input } = toToolView(toolCall);
    const id = this.#newId();
    const known = callKnown ? { tool_call_id: toolCall.toolCallId } : {};
    const data = { id, tool_name: name, description: title, input_raw: input, ...known };
    const answer = await new Promise<Answer>((resolve) => {
      this.#open.set(id, { options: ownOptions, key: '', resolve });
      this.#emit([{ type: 'tool.check', data, calls }]);
    });
    requireAllowed(answer);
  }

  /** An answer to something that is not open is ignored. Doubt denies. */
  respond(response: InteractionResponse): void {
    const ask = this.#open.get(response.id);
    if (!ask || response.kind !== 'permission') return;
    this.#open.delete(response.id);
    const named = ask.options.find(({ id }) => id === response.optionId);
    const allows = ({ kind }: Option) => kind === 'allow_once' || kind === 'allow_always';
    // What was allowed is not what would run: an agent cannot be given another input.
    const isChanged = response.updatedInput !== undefined;
    const allowed = response.allowed && !isChanged && (named === undefined || allows(named));
    const of = (kind: Option['kind']) =>
      ask.options.find((option) => option.kind === kind && option.id !== rememberId);
    if (!allowed) {
      const option = named && !allows(named) ? named : (of('reject_once') ?? of('reject_always'));
      const { reason } = response;
      const why = reason === undefined ? {} : { reason };
      ask.resolve(option ? { optionId: option.id, allowed: false, ...why } : 'denied');
      return;
    }
    if (named?.id === rememberId) this.#remembered.add(ask.key);
    // Without a choice it is allowed once and never more.
    const option = named && named.id !== rememberId ? named : of('allow_once');
    ask.resolve(option ? { optionId: option.id, allowed: true } : 'denied');
  }

  /** The turn was interrupted: nobody needs to answer any more. */
  withdrawAll(): void {
    const open = [...this.#open];
    this.#open.clear();
    for (const [id, { resolve }] of open) {
      this.#emit([{ type: 'interaction.withdrawn', data: { id } }]);
      resolve('cancelled');
    }
  }
}
