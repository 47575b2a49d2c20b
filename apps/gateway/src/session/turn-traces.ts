import type { ServerData, ServerKind } from '@hotplex/aep-protocol';
import type { Span, SpanAttributes, Tracing } from '../ground/tracing.ts';
import type { EventRecord, SessionRecord } from '../store/store.ts';
import type { Subscriber } from './subscriber.ts';

/** A prompt on its way: the whole of it, and its wait. */
type Prompt = { whole: Span; wait: Span | undefined };

/** What is a name and no words. */
const toolName = /^[\w.:/-]{1,64}$/;

/**
 * Follows a session and tells of each prompt, from its coming in to the last word about it, how long it waited, how long
 * the agent took and what its tools took. Deltas have no spans, and of what was said nothing is told.
 */
export class TurnTraces implements Subscriber {
  readonly #tracing: Tracing;
  readonly #about: SpanAttributes;
  readonly #workerType: string;
  readonly #prompts = new Map<string, Prompt>();
  readonly #tools = new Map<string, Span>();
  #turn: Span | undefined;
  /** The prompt that is being taken, and the trace of who sent it. */
  #next: { inputId: string; traceparent: string | undefined } | undefined;

  constructor(tracing: Tracing, { id, workerType }: Pick<SessionRecord, 'id' | 'workerType'>) {
    this.#tracing = tracing;
    this.#workerType = workerType;
    this.#about = { 'hotplex.session.id': id, 'gen_ai.agent.name': workerType };
  }

  /** This prompt belongs to that trace. Call before it is accepted. */
  expect(inputId: string, traceparent: string | undefined): void {
    this.#next = { inputId, traceparent };
  }

  deliver(events: readonly EventRecord[]): void {
    for (const event of events) this.#take(event);
  }

  #take(event: EventRecord): void {
    const { timestamp: at, turnId } = event;
    switch (event.type) {
      case 'input':
        this.#came(dataOf<'input'>(event), at);
        break;
      case 'input.status':
        this.#moved(dataOf<'input.status'>(event), at);
        break;
      case 'state':
        if (dataOf<'state'>(event).state === 'running') this.#begin(turnId, undefined, at);
        break;
      case 'tool_call':
        this.#called(dataOf<'tool_call'>(event), at);
        break;
      case 'tool_result':
        this.#returned(dataOf<'tool_result'>(event), at);
        break;
      case 'done':
        this.#done(dataOf<'done'>(event), at);
        break;
      default:
    }
  }

  #came({ input_id: id, delivery }: ServerData<'input'>, at: number): void {
    const parent = this.#next?.inputId === id ? this.#next.traceparent : undefined;
    this.#next = undefined;
    const attributes = { ...this.#about, 'hotplex.input.id': id, 'hotplex.input.delivery': delivery };
    const whole = this.#tracing.start({ name: 'prompt', at, parent, isServer: true, attributes });
    const wait = this.#tracing.start({ name: 'queue', at, parent: whole, attributes: this.#about });
    this.#prompts.set(id, { whole, wait });
  }

  #moved({ input_id: id, status, turn_id: turnId }: ServerData<'input.status'>, at: number): void {
    const prompt = this.#prompts.get(id);
    if (!prompt || status === 'queued') return;
    prompt.wait?.end(at);
    prompt.wait = undefined;
    if (status === 'delivered') {
      this.#begin(turnId ?? null, prompt.whole, at);
      return;
    }
    this.#prompts.delete(id);
    prompt.whole.end(at, {
      attributes: { 'hotplex.input.status': status },
      ...((status === 'failed' || status === 'indeterminate') && { failure: status }),
    });
  }

  /** A turn that an agent begins by itself has a trace of its own. */
  #begin(turnId: string | null, parent: Span | undefined, at: number): void {
    if (turnId === null || this.#turn) return;
    this.#turn = this.#tracing.start({
      ...{ name: `invoke_agent ${this.#workerType}`, at, parent },
      attributes: { ...this.#about, 'gen_ai.operation.name': 'invoke_agent', 'hotplex.turn.id': turnId },
    });
  }

  #called({ id, name: said, kind = 'other' }: ServerData<'tool_call'>, at: number): void {
    if (!this.#turn || this.#tools.has(id)) return;
    // Some agents call a tool by what it does: a whole command.
    const name = toolName.test(said) ? said : kind;
    const attributes = { ...this.#about, 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': name };
    this.#tools.set(
      id,
      this.#tracing.start({ name: `execute_tool ${name}`, at, parent: this.#turn, attributes }),
    );
  }

  #returned({ id, error, denied, stopped }: ServerData<'tool_result'>, at: number): void {
    const failure = denied ? 'denied' : stopped ? 'stopped' : error === undefined ? undefined : 'failed';
    this.#tools.get(id)?.end(at, failure === undefined ? {} : { failure });
    this.#tools.delete(id);
  }

  #done({ success, stats }: ServerData<'done'>, at: number): void {
    for (const tool of this.#tools.values()) tool.end(at, { failure: 'stopped' });
    this.#tools.clear();
    const attributes = Object.entries({
      'gen_ai.response.model': stats?.model,
      'gen_ai.usage.input_tokens': stats?.input_tokens,
      'gen_ai.usage.output_tokens': stats?.output_tokens,
    }).flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, value] as const]));
    this.#turn?.end(at, {
      attributes: Object.fromEntries(attributes),
      ...(!success && { failure: stats?.stop_reason ?? 'error' }),
    });
    this.#turn = undefined;
  }
}

/** What the ledger wrote is of our own types. */
function dataOf<K extends ServerKind>({ data }: EventRecord): ServerData<K> {
  return JSON.parse(data);
}
