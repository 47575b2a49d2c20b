import { toAskedCall } from '../acp-session/asked-call.ts';
import { toJudgedCalls } from '../acp-session/judged-call.ts';
import type { PermissionParams, ToolCall } from '../acp-session/messages.ts';
import { toName } from '../acp-session/tool-view.ts';
import type { InteractionResponse, WorkerEvent } from '../worker.ts';
import type { Purpose } from './purpose.ts';

type RequestData = Extract<WorkerEvent, { type: 'permission_request' }>['data'];
type Option = NonNullable<RequestData['options']>[number];

export type AskOptions = Pick<PermissionParams, 'toolCall' | 'options'> & {
  /** What the answer decides. */
  purpose: Purpose;
  /** All that is known of the call, which may be more than the request says. */
  known?: ToolCall;
  /** A person allowed it before: the session alone is asked. */
  allowedBefore?: boolean;
};

/** What a request came to: the option that was chosen, or that its turn was interrupted. */
export type Answer = { optionId: string; allowed: boolean; reason?: string } | 'cancelled' | 'denied';

/** A request that nobody has answered. `key`: what the call would do; `check`: the call, if only the session is asked. */
export type OpenAsk = {
  options: readonly Option[];
  key: string;
  purpose: Purpose;
  check?: ToolCall | undefined;
};

/** All that asks remember. */
export type AsksMemory = { open: Map<string, OpenAsk>; remembered: Set<string> };

/** Ours, where the agent has no such option: the very same call is allowed until the session's process ends. */
const rememberId = 'allow_same_call';
const remember: Option = { id: rememberId, label: 'Allow this same call from now on', kind: 'allow_always' };

type AsksOptions = { newId: () => string; workDir: string; memory: AsksMemory | undefined };

/** The requests for permission that nobody has answered, and what was allowed for the session. */
export class Asks {
  readonly #newId: () => string;
  readonly #workDir: string;
  readonly #open: Map<string, OpenAsk>;
  readonly #remembered: Set<string>;

  constructor({ newId, workDir, memory }: AsksOptions) {
    this.#newId = newId;
    this.#workDir = workDir;
    this.#open = memory?.open ?? new Map();
    this.#remembered = memory?.remembered ?? new Set();
  }

  get memory(): AsksMemory {
    return { open: this.#open, remembered: this.#remembered };
  }

  /** Asks a person or, if the same call was allowed before, the session alone. */
  ask({ toolCall: call, options, purpose, known = call, allowedBefore = false }: AskOptions): WorkerEvent {
    const key = JSON.stringify([toName(call), call.rawInput ?? call.title]);
    const offered = options.map(({ optionId, name, kind }): Option => ({ id: optionId, label: name, kind }));
    const once = offered.find(({ kind }) => kind === 'allow_once');
    const isCheck = allowedBefore || (once !== undefined && this.#remembered.has(key));
    if (once && !offered.some(({ kind }) => kind === 'allow_always')) offered.splice(1, 0, remember);
    const id = this.#newId();
    const open = { options: offered, key, purpose, ...(isCheck && { check: known }) };
    this.#open.set(id, open);
    if (isCheck) return this.#toCheck(id, known, purpose);
    return { type: 'permission_request', data: toData(id, call, open), calls: this.#judged(known) };
  }

  /** What the session is to be asked again by a gateway whose predecessor may have died before it gave its word. */
  openChecks(): WorkerEvent[] {
    return [...this.#open].flatMap(([id, { check, purpose }]) =>
      check ? [this.#toCheck(id, check, purpose)] : [],
    );
  }

  #toCheck(id: string, call: ToolCall, purpose: Purpose): WorkerEvent {
    return { type: 'tool.check', data: toData(id, call, { purpose }), calls: this.#judged(call) };
  }

  #judged(call: ToolCall) {
    return toJudgedCalls(call, this.#workDir);
  }

  /** What an answer decides; undefined for one to something that is not open. Doubt denies. */
  respond(response: InteractionResponse): { purpose: Purpose; answer: Answer } | undefined {
    const ask = this.#open.get(response.id);
    if (!ask || response.kind !== 'permission') return undefined;
    this.#open.delete(response.id);
    const { purpose } = ask;
    const named = ask.options.find(({ id }) => id === response.optionId);
    const allows = ({ kind }: Option) => kind === 'allow_once' || kind === 'allow_always';
    // What was allowed is not what would run: an agent cannot be given another input.
    const isChanged = response.updatedInput !== undefined;
    const allowed = response.allowed && !isChanged && (named === undefined || allows(named));
    const of = (kind: Option['kind']) =>
      ask.options.find((option) => option.kind === kind && option.id !== rememberId);
    if (!allowed) {
      const option = named && !allows(named) ? named : (of('reject_once') ?? of('reject_always'));
      const why = response.reason === undefined ? {} : { reason: response.reason };
      return { purpose, answer: option ? { optionId: option.id, allowed: false, ...why } : 'denied' };
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

/** What is told of a request. Clients were told of the agent's own calls only. */
function toData(
  id: string,
  call: ToolCall,
  { purpose, options }: { purpose: Purpose; options?: Option[] },
): RequestData {
  return {
    id,
    ...toAskedCall(call),
    ...(options && { options }),
    ...(purpose.is === 'permission' ? { tool_call_id: call.toolCallId } : {}),
  };
}
