import type { PermissionParams } from '../acp-session/messages.ts';
import { toName, toToolView } from '../acp-session/tool-view.ts';
import type { InteractionResponse, WorkerEvent } from '../worker.ts';
import type { Purpose } from './purpose.ts';

type RequestData = Extract<WorkerEvent, { type: 'permission_request' }>['data'];
type Option = NonNullable<RequestData['options']>[number];

export type AskOptions = Pick<PermissionParams, 'toolCall' | 'options'> & {
  /** What the answer decides. */
  purpose: Purpose;
};

/** What a request came to: the option that was chosen, or that its turn was interrupted. */
export type Answer = { optionId: string; allowed: boolean } | 'cancelled' | 'denied';

/** A request for permission that nobody has answered. `key`: what the call would do. */
export type OpenAsk = { options: readonly Option[]; key: string; purpose: Purpose };

/** All that asks remember. */
export type AsksMemory = { open: Map<string, OpenAsk>; remembered: Set<string> };

/** Ours, where the agent has no such option: the very same call is allowed until the session's process ends. */
const rememberId = 'allow_same_call';
const remember: Option = { id: rememberId, label: 'Allow this same call from now on', kind: 'allow_always' };

/** The requests for permission that nobody has answered, and what was allowed for the session. */
export class Asks {
  readonly #newId: () => string;
  readonly #open: Map<string, OpenAsk>;
  readonly #remembered: Set<string>;

  constructor({ newId, memory }: { newId: () => string; memory: AsksMemory | undefined }) {
    this.#newId = newId;
    this.#open = memory?.open ?? new Map();
    this.#remembered = memory?.remembered ?? new Set();
  }

  get memory(): AsksMemory {
    return { open: this.#open, remembered: this.#remembered };
  }

  /** Asks a person, unless the same call was allowed for the session: then that is the answer. */
  ask({ toolCall: call, options, purpose }: AskOptions): { answer: Answer } | { events: WorkerEvent[] } {
    const view = toToolView(call);
    const key = JSON.stringify([toName(call), call.rawInput ?? call.title]);
    const offered = options.map(({ optionId, name, kind }): Option => ({ id: optionId, label: name, kind }));
    const once = offered.find(({ kind }) => kind === 'allow_once');
    if (once && this.#remembered.has(key)) return { answer: { optionId: once.id, allowed: true } };
    if (once && !offered.some(({ kind }) => kind === 'allow_always')) offered.splice(1, 0, remember);
    const id = this.#newId();
    this.#open.set(id, { options: offered, key, purpose });
    const data: RequestData = {
      id,
      tool_name: view.name,
      description: view.title,
      args: [JSON.stringify(view.input)],
      input_raw: view.input,
      options: offered,
      // Clients were told of the agent's own calls only.
      ...(purpose.is === 'permission' ? { tool_call_id: call.toolCallId } : {}),
    };
    return { events: [{ type: 'permission_request', data }] };
  }

  /** What an answer decides; undefined for one to something that is not open. Doubt denies. */
  respond(response: InteractionResponse): { purpose: Purpose; answer: Answer } | undefined {
    const ask = this.#open.get(response.id);
    if (!ask || response.kind !== 'permission') return undefined;
    this.#open.delete(response.id);
    const { purpose } = ask;
    const named = ask.options.find(({ id }) => id === response.optionId);
    const allows = ({ kind }: Option) => kind === 'allow_once' || kind === 'allow_always';
    const allowed = response.allowed && (named === undefined || allows(named));
    const of = (kind: Option['kind']) =>
      ask.options.find((option) => option.kind === kind && option.id !== rememberId);
    if (!allowed) {
      const option = named && !allows(named) ? named : (of('reject_once') ?? of('reject_always'));
      return { purpose, answer: option ? { optionId: option.id, allowed: false } : 'denied' };
    }
    if (named?.id === rememberId) this.#remembered.add(ask.key);
    // Without a choice it is allowed once and never more.
    const option = named && named.id !== rememberId ? named : of('allow_once');
    return { purpose, answer: option ? { optionId: option.id, allowed: true } : 'denied' };
  }

  /** The turn was interrupted: nobody needs to answer any more. Returns what was open. */
  withdrawAll(): { id: string; purpose: Purpose }[] {
    const open = [...this.#open].map(([id, { purpose }]) => ({ id, purpose }));
    this.#open.clear();
    return open;
  }
}
