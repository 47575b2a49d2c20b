import type { ServerData, ServerEnvelope } from '@hotplex/aep-protocol';
import type { Origin } from './conversation.ts';
import type { AssistantInfo, Message, OpenCodeEvent, Part } from './message.ts';
import { toLogId, toSessionId } from './opencode-ids.ts';
import { agentName, providerId, toTokens } from './session-info.ts';
import { toolState } from './tool-state.ts';

type TextPart = Extract<Part, { type: 'text' | 'reasoning' }>;
type ToolPart = Extract<Part, { type: 'tool' }>;

/** What an agent says and does in one turn: one message of its own. What sub-agents say is left out, what they do is not. */
export class TurnMessage {
  readonly turnId: string;
  readonly message: Message & { info: AssistantInfo };
  readonly #texts = new Map<string, TextPart>();
  readonly #tools = new Map<string, ToolPart>();
  #failure: string | undefined;

  constructor(envelope: ServerEnvelope, { origin, parentId }: { origin: Origin; parentId: string }) {
    const { workDir, workerType } = origin;
    this.turnId = envelope.turn_id ?? '';
    this.message = {
      info: {
        ...{ id: toLogId('msg', envelope), sessionID: toSessionId(origin.id), parentID: parentId },
        ...{ role: 'assistant', agent: agentName, mode: agentName, modelID: workerType },
        ...{
          providerID: providerId,
          path: { cwd: workDir, root: workDir },
          cost: 0,
          tokens: toTokens(undefined),
        },
        time: { created: envelope.timestamp },
      },
      parts: [],
    };
  }

  /** What OpenCode tells of an event of this turn. */
  take(envelope: ServerEnvelope): OpenCodeEvent[] {
    const { event } = envelope;
    switch (event.type) {
      case 'message.start':
        return event.data.parent_id === undefined ? this.#say('text', event.data.id, '', envelope) : [];
      case 'message.delta':
        if (event.data.parent_id !== undefined) return [];
        return this.#say('text', event.data.message_id, event.data.content, envelope);
      case 'message':
        return event.data.parent_id === undefined
          ? this.#say('text', event.data.id, event.data.content, envelope)
          : [];
      case 'reasoning':
        if (event.data.parent_id !== undefined) return [];
        return this.#say('reasoning', event.data.id, event.data.content, envelope);
      case 'message.end':
        return this.#endText(`text ${event.data.message_id}`, envelope.timestamp);
      case 'message.retract':
        return event.data.message_ids.flatMap((id) => this.#retract(`text ${id}`));
      case 'tool_call':
      case 'tool_update':
      case 'tool_result':
        return this.#tool(event, envelope);
      case 'error':
        this.#failure = event.data.message;
        return [];
      case 'done':
        return this.end(envelope, event.data);
      default:
        return [];
    }
  }

  /** The turn is over; without figures its end was not told by the agent. */
  end(
    { timestamp }: Pick<ServerEnvelope, 'timestamp'>,
    { success, stats }: ServerData<'done'> = { success: false },
  ): OpenCodeEvent[] {
    const { info } = this.message;
    const texts = [...this.#texts.keys()].flatMap((key) => this.#endText(key, timestamp));
    const tools = [...this.#tools.values()]
      .filter(({ state }) => state.status === 'running')
      .flatMap((part) => this.#put({ ...part, state: toolState.cutOff(part.state, timestamp) }));
    info.time.completed = timestamp;
    info.tokens = toTokens(stats as Parameters<typeof toTokens>[0]);
    info.cost = stats?.cost_usd ?? 0;
    info.finish = success ? 'stop' : 'error';
    if (!success) info.error = this.#error(stats?.stop_reason ?? null);
    const { sessionID, error } = info;
    return [
      ...texts,
      ...tools,
      { type: 'message.updated', properties: { sessionID, info } },
      ...(error ? [{ type: 'session.error', properties: { sessionID, error } }] : []),
    ];
  }

  #error(stopReason: string | null): NonNullable<AssistantInfo['error']> {
    const message = this.#failure ?? 'the turn was stopped';
    const isAborted = stopReason === 'interrupted' || this.#failure === undefined;
    return { name: isAborted ? 'MessageAbortedError' : 'UnknownError', data: { message } };
  }

  #say(type: TextPart['type'], id: string, text: string, envelope: ServerEnvelope): OpenCodeEvent[] {
    const key = `${type} ${id}`;
    const known = this.#texts.get(key);
    const { id: messageID, sessionID } = this.message.info;
    if (known) {
      known.text += text;
      const place = { sessionID, messageID, partID: known.id, field: 'text', delta: text };
      return [{ type: 'message.part.delta', properties: place }];
    }
    const part: TextPart = {
      ...{ id: toLogId('prt', envelope), sessionID, messageID, type, text },
      time: { start: envelope.timestamp },
    };
    this.#texts.set(key, part);
    return this.#put(part);
  }

  #endText(key: string, timestamp: number): OpenCodeEvent[] {
    const part = this.#texts.get(key);
    if (!part?.time || part.time.end !== undefined) return [];
    part.time = { ...part.time, end: timestamp };
    return this.#put(part);
  }

  #retract(key: string): OpenCodeEvent[] {
    const part = this.#texts.get(key);
    if (!part) return [];
    this.#texts.delete(key);
    this.message.parts = this.message.parts.filter(({ id }) => id !== part.id);
    const { sessionID, messageID, id: partID } = part;
    return [{ type: 'message.part.removed', properties: { sessionID, messageID, partID } }];
  }

  #tool(event: Parameters<typeof toolState.next>[1], envelope: ServerEnvelope): OpenCodeEvent[] {
    const { id } = event.data;
    const known = this.#tools.get(id);
    const { id: messageID, sessionID } = this.message.info;
    const name = event.type === 'tool_call' ? toToolName(event.data) : (known?.tool ?? 'unknown');
    const part: ToolPart = {
      ...{ id: known?.id ?? toLogId('prt', envelope), sessionID, messageID },
      ...{ type: 'tool', callID: id, tool: name },
      state: toolState.next(known?.state, event, envelope.timestamp),
    };
    this.#tools.set(id, part);
    return this.#put(part);
  }

  #put(part: Part): OpenCodeEvent[] {
    const { parts, info } = this.message;
    const at = parts.findIndex(({ id }) => id === part.id);
    if (at === -1) parts.push(part);
    else parts[at] = part;
    // Parts grow; what was told is as it was then.
    return [{ type: 'message.part.updated', properties: { sessionID: info.sessionID, part: { ...part } } }];
  }
}

/** A shell is drawn as one by OpenCode’s clients if it has their name for it; others have inputs of their own and keep theirs. */
const toToolName = ({ name, input }: ServerData<'tool_call'>) =>
  name.toLowerCase() === 'bash' && typeof input.command === 'string' ? 'bash' : name;
