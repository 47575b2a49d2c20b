import type { ServerData, ServerEnvelope } from '@hotplex/aep-protocol';
import type { AepChunk, AepToolView } from './aep-ui-message.ts';

type Tool = { name: string; output: string; ended: boolean };

/**
 * One turn as chunks of one UI message, event by event. Pure but for its own memory: the same events give the same
 * chunks, live or from history, so a replayed turn becomes the same message.
 */
export class TurnMapper {
  readonly #turnId: string;
  readonly #sessionId: string;
  readonly #texts = new Set<string>();
  readonly #tools = new Map<string, Tool>();
  readonly #requests = new Map<string, { callId: string }>();
  readonly #asked = new Map<string, AepChunk>();
  #reasoning: string | undefined;
  /** Chunks of the current step, to be said again without what was taken back. */
  #step: { owner: string | undefined; chunk: AepChunk }[] = [];
  #toolsEnded = false;
  #error: ServerData<'error'> | undefined;

  constructor({ turnId, sessionId }: { turnId: string; sessionId: string }) {
    this.#turnId = turnId;
    this.#sessionId = sessionId;
  }

  /** The beginning of the message. Its id is the turn's, so that a replay replaces it. */
  start(createdAt: number): AepChunk[] {
    const messageMetadata = { sessionId: this.#sessionId, turnId: this.#turnId, createdAt };
    return [{ type: 'start', messageId: this.#turnId, messageMetadata }, { type: 'start-step' }];
  }

  map({ event }: ServerEnvelope): AepChunk[] {
    switch (event.type) {
      case 'reasoning':
        return this.#think(event.data);
      case 'message.start':
        return event.data.parent_id === undefined ? this.#openText(event.data.id) : [];
      case 'message.delta': {
        const { message_id: id, content, parent_id: parent } = event.data;
        if (parent !== undefined) return this.#nested(parent, content);
        return [
          ...(this.#texts.has(id) ? [] : this.#openText(id)),
          ...this.#say(id, { type: 'text-delta', id, delta: content }),
        ];
      }
      case 'message.end':
        return this.#closeText(event.data.message_id);
      case 'message': {
        const { id, content, parent_id: parent } = event.data;
        if (parent !== undefined) return this.#nested(parent, content);
        return [
          ...this.#openText(id),
          ...this.#say(id, { type: 'text-delta', id, delta: content }),
          ...this.#closeText(id),
        ];
      }
      case 'message.retract':
        return this.#retract(event.data.message_ids);
      case 'tool_call':
        return this.#call(event.data);
      case 'tool_update':
        return this.#update(event.data);
      case 'tool_result':
        return this.#result(event.data);
      case 'permission_request':
        return this.#permission(event.data);
      case 'permission.resolved':
        return this.#permitted(event.data);
      case 'question_request':
        return this.#ask({
          type: 'data-question',
          id: event.data.id,
          data: { ...event.data, status: 'pending' },
        });
      case 'elicitation_request':
        return this.#ask({
          type: 'data-elicitation',
          id: event.data.id,
          data: { ...event.data, status: 'pending' },
        });
      case 'question.resolved':
      case 'elicitation.resolved':
        return this.#decided(event.data, event.data.reason === 'answered' ? 'answered' : 'withdrawn');
      case 'plan':
        return this.#say(undefined, { type: 'data-plan', id: `plan:${this.#turnId}`, data: event.data });
      case 'step':
        return this.#say(undefined, { type: 'data-step', id: event.data.id, data: event.data });
      case 'worker.notice':
        return this.#say(undefined, { type: 'data-notice', data: event.data });
      case 'state':
        return event.data.message === 'context_lost'
          ? this.#say(undefined, { type: 'data-notice', data: { kind: 'info', message: 'context_lost' } })
          : [];
      case 'raw':
        return this.#say(undefined, { type: 'data-raw', data: event.data });
      case 'context_usage':
        return [{ type: 'data-context', data: event.data, transient: true }];
      case 'error':
        this.#error = event.data;
        return this.#say(undefined, { type: 'data-error', data: event.data });
      case 'done':
        return this.#finish(event.data);
      default:
        return [];
    }
  }

  #say(owner: string | undefined, ...chunks: AepChunk[]): AepChunk[] {
    const before = [...this.#endReasoning(), ...this.#nextStep(chunks)];
    for (const chunk of chunks) this.#step.push({ owner, chunk });
    return [...before, ...chunks];
  }

  /** A new step begins with the first words or calls after tools have ended, as one model call follows another. */
  #nextStep(chunks: readonly AepChunk[]): AepChunk[] {
    const begins = chunks.some(
      ({ type }) => type === 'text-start' || type === 'reasoning-start' || type === 'tool-input-available',
    );
    if (
      !this.#toolsEnded ||
      !begins ||
      [...this.#tools.values()].some(({ ended }) => !ended) ||
      this.#texts.size > 0
    )
      return [];
    this.#toolsEnded = false;
    this.#step = [];
    return [{ type: 'finish-step' }, { type: 'start-step' }];
  }

  #think({ id, content, parent_id: parent }: ServerData<'reasoning'>): AepChunk[] {
    if (parent !== undefined) return [];
    const opening = this.#reasoning === id ? [] : this.#say(id, { type: 'reasoning-start', id });
    this.#reasoning = id;
    const delta: AepChunk = { type: 'reasoning-delta', id, delta: content };
    this.#step.push({ owner: id, chunk: delta });
    return [...opening, delta];
  }

  #endReasoning(): AepChunk[] {
    if (this.#reasoning === undefined) return [];
    const end: AepChunk = { type: 'reasoning-end', id: this.#reasoning };
    this.#step.push({ owner: this.#reasoning, chunk: end });
    this.#reasoning = undefined;
    return [end];
  }

  #openText(id: string): AepChunk[] {
    const chunks = this.#say(id, { type: 'text-start', id });
    this.#texts.add(id);
    return chunks;
  }

  #closeText(id: string): AepChunk[] {
    return this.#texts.delete(id) ? this.#say(id, { type: 'text-end', id }) : [];
  }

  /** What a sub-agent says is output of the tool call that started it. */
  #nested(parent: string, text: string): AepChunk[] {
    return this.#update({ id: parent, output_delta: text });
  }

  #retract(ids: readonly string[]): AepChunk[] {
    const chunks = ids.flatMap((id) => this.#closeText(id));
    const ended = this.#endReasoning();
    const kept = this.#step.filter(({ owner }) => owner === undefined || !ids.includes(owner));
    if (kept.length === this.#step.length) return [...chunks, ...ended];
    this.#step = kept;
    return [...chunks, ...ended, { type: 'reset-step' }, ...kept.map(({ chunk }) => chunk)];
  }

  #call({
    id,
    name,
    input,
    title,
    kind,
    locations,
    diff,
    parent_id: parentId,
  }: ServerData<'tool_call'>): AepChunk[] {
    const view: AepToolView = {
      ...(kind ? { kind } : {}),
      ...(locations ? { locations } : {}),
      ...(diff ? { diff } : {}),
      ...(parentId ? { parentId } : {}),
    };
    const chunks = this.#say(id, {
      ...{
        type: 'tool-input-available',
        toolCallId: id,
        toolName: name,
        input,
        dynamic: true,
        providerExecuted: true,
      },
      ...(title === undefined ? {} : { title }),
      toolMetadata: { hotplex: view as never },
    });
    this.#tools.set(id, { name, output: '', ended: false });
    return chunks;
  }

  /** A result or an update of a call this mapper never saw: the call is made up, because the UI needs one. */
  #known(id: string): { tool: Tool; opening: AepChunk[] } {
    const tool = this.#tools.get(id);
    if (tool) return { tool, opening: [] };
    const opening = this.#call({ id, name: 'tool', input: {} });
    return { tool: this.#tools.get(id) ?? { name: 'tool', output: '', ended: false }, opening };
  }

  #update({ id, output_delta: delta, output }: ServerData<'tool_update'>): AepChunk[] {
    if (delta === undefined && output === undefined) return [];
    const { tool, opening } = this.#known(id);
    if (tool.ended) return opening;
    tool.output =
      output === undefined
        ? tool.output + (delta ?? '')
        : typeof output === 'string'
          ? output
          : JSON.stringify(output);
    const chunk: AepChunk = {
      type: 'tool-output-available',
      toolCallId: id,
      output: tool.output,
      preliminary: true,
      dynamic: true,
      providerExecuted: true,
    };
    return [...opening, ...this.#say(id, chunk)];
  }

  #result({ id, output, error, denied }: ServerData<'tool_result'>): AepChunk[] {
    const { tool, opening } = this.#known(id);
    tool.ended = true;
    this.#toolsEnded = true;
    const same = { toolCallId: id, dynamic: true, providerExecuted: true } as const;
    if (denied) return [...opening, ...this.#say(id, { type: 'tool-output-denied', toolCallId: id })];
    if (error !== undefined)
      return [...opening, ...this.#say(id, { type: 'tool-output-error', errorText: error, ...same })];
    return [...opening, ...this.#say(id, { type: 'tool-output-available', output, ...same })];
  }

  #permission(request: ServerData<'permission_request'>): AepChunk[] {
    const { id, tool_name: name, tool_call_id: given, description } = request;
    const open = [...this.#tools].findLast(([, tool]) => tool.name === name && !tool.ended)?.[0];
    const callId = given !== undefined && this.#tools.has(given) ? given : (open ?? `perm:${id}`);
    const input =
      typeof request.input_raw === 'object' && request.input_raw !== null ? { ...request.input_raw } : {};
    const opening = this.#tools.has(callId) ? [] : this.#call({ id: callId, name, input });
    this.#requests.set(id, { callId });
    const asking: AepChunk = {
      ...{ type: 'tool-approval-request', approvalId: id, toolCallId: callId },
      ...(description === undefined ? {} : { reason: description }),
    };
    return [
      ...opening,
      ...this.#say(callId, asking),
      ...this.#ask({ type: 'data-permission', id, data: { ...request, status: 'pending' } }),
    ];
  }

  #permitted(decision: ServerData<'permission.resolved'>): AepChunk[] {
    const { id, allowed, message } = decision;
    const callId = this.#requests.get(id)?.callId;
    if (callId === undefined) return [];
    const answer: AepChunk = {
      ...{ type: 'tool-approval-response', approvalId: id, approved: allowed, providerExecuted: true },
      ...(message === undefined ? {} : { reason: message }),
    };
    return [...this.#say(callId, answer), ...this.#decided(decision, allowed ? 'allowed' : 'denied')];
  }

  #ask(chunk: AepChunk & { id: string }): AepChunk[] {
    this.#asked.set(chunk.id, chunk);
    return this.#say(undefined, chunk);
  }

  #decided(decision: { id: string; by: string | null; reason: string }, status: string): AepChunk[] {
    const asked = this.#asked.get(decision.id);
    if (!asked || !('data' in asked)) return [];
    return this.#say(undefined, {
      ...asked,
      data: { ...(asked.data as object), ...decision, status },
    } as AepChunk);
  }

  #finish({ success, stats }: ServerData<'done'>): AepChunk[] {
    const ends = [...this.#endReasoning(), ...[...this.#texts].flatMap((id) => this.#closeText(id))];
    const error = this.#error;
    const interrupted = stats?.stop_reason === 'interrupted';
    return [
      ...ends,
      { type: 'finish-step' },
      {
        type: 'finish',
        finishReason: success ? 'stop' : interrupted ? 'interrupted' : 'error',
        messageMetadata: {
          success,
          stopReason: stats?.stop_reason ?? null,
          ...(stats ? { stats } : {}),
          ...(error ? { error: { code: error.code, message: error.message } } : {}),
        },
      },
    ];
  }
}
