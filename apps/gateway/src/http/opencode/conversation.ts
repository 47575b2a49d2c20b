import type { ServerData, ServerEnvelope } from '@hotplex/aep-protocol';
import type { SessionRecord } from '../../store/store.ts';
import type { Message, OpenCodeEvent } from './message.ts';
import { toSessionId } from './opencode-ids.ts';
import { toRequestEvents } from './request-events.ts';
import { toSessionInfo } from './session-info.ts';
import { TurnMessage } from './turn-message.ts';
import { toUserMessage, withText } from './user-message.ts';

/** Where an event belongs and how its session now stands. */
export type Origin = Pick<
  SessionRecord,
  'id' | 'title' | 'workDir' | 'workerType' | 'totals' | 'createdAt' | 'updatedAt'
>;

/**
 * The log of a session as OpenCode’s clients know it: events give messages and what is told of them, the same from history
 * and live.
 */
export class Conversation {
  /** In the order in which they began. */
  readonly messages = new Map<string, Message>();
  /** The agent’s list of things to do, as it was last told. */
  todos: readonly Record<string, unknown>[] = [];
  readonly #prompts = new Map<string, Message>();
  readonly #parents = new Map<string, string>();
  readonly #answers = new Map<string, Message>();
  #turn: TurnMessage | undefined;
  /** The last turn that is over: a late word of it begins no other. */
  #ended: string | undefined;

  /** What OpenCode tells of the next event of the session’s log. */
  take(envelope: ServerEnvelope, origin: Origin): OpenCodeEvent[] {
    const { event, turn_id: turnId } = envelope;
    if (event.type === 'input') return this.#prompt(envelope, event.data, origin);
    if (event.type === 'input.status') return this.#settle(event.data, origin);
    const isKnown = turnId === undefined || turnId === this.#turn?.turnId || turnId === this.#ended;
    const begun = isKnown ? [] : this.#begin(envelope, origin);
    return [...begun, ...(this.#turn?.take(envelope) ?? []), ...this.#aside(envelope, origin)];
  }

  /** Who follows live needs only what can still change. */
  forget(): void {
    this.messages.clear();
    this.#answers.clear();
  }

  /** The message of a turn. */
  answerOf(turnId: string): Message | undefined {
    return this.#answers.get(turnId);
  }

  #prompt(envelope: ServerEnvelope, data: ServerData<'input'>, origin: Origin): OpenCodeEvent[] {
    const message = toUserMessage(envelope, data, origin);
    this.#prompts.set(data.input_id, message);
    return this.#show(message);
  }

  #settle(
    { input_id, status, turn_id, content, reason }: ServerData<'input.status'>,
    origin: Origin,
  ): OpenCodeEvent[] {
    const message = this.#prompts.get(input_id);
    if (!message) return [];
    const { id } = message.info;
    if (status !== 'queued') this.#prompts.delete(input_id);
    if (status === 'delivered' && turn_id !== undefined) this.#parents.set(turn_id, id);
    if (status === 'failed' && turn_id === undefined)
      return [toError(origin, reason ?? 'the prompt was not run')];
    if (status === 'cancelled') {
      this.messages.delete(id);
      return [{ type: 'message.removed', properties: { sessionID: toSessionId(origin.id), messageID: id } }];
    }
    return content === undefined ? [] : this.#show(withText(message, content));
  }

  #begin(envelope: ServerEnvelope, origin: Origin): OpenCodeEvent[] {
    const { turn_id: turnId = '' } = envelope;
    this.#turn = new TurnMessage(envelope, { origin, parentId: this.#parents.get(turnId) ?? '' });
    this.#parents.delete(turnId);
    this.#answers.set(turnId, this.#turn.message);
    const status = { sessionID: toSessionId(origin.id), status: { type: 'busy' } };
    return [{ type: 'session.status', properties: status }, ...this.#show(this.#turn.message)];
  }

  /** What is told of the session and not of a message. */
  #aside(envelope: ServerEnvelope, origin: Origin): OpenCodeEvent[] {
    const { event } = envelope;
    const sessionID = toSessionId(origin.id);
    const info = () => ({ sessionID, info: toSessionInfo(origin) });
    switch (event.type) {
      case 'session.title':
        return [{ type: 'session.updated', properties: info() }];
      case 'plan':
        this.todos = event.data.entries.map((entry, index) => ({
          ...{ id: entry.id ?? String(index), content: entry.content, status: entry.status },
          priority: entry.priority ?? 'medium',
        }));
        return [{ type: 'todo.updated', properties: { sessionID, todos: this.todos } }];
      case 'state':
        if (event.data.state === 'deleted') return [{ type: 'session.deleted', properties: info() }];
        if (event.data.state !== 'terminated') return [];
        return this.#turn ? [...this.#turn.end(envelope), ...this.#idle(origin)] : [];
      case 'error':
        return this.#turn ? [] : [toError(origin, event.data.message)];
      case 'done':
        return this.#idle(origin);
      default:
        return toRequestEvents(envelope, this.#turn?.message.info.id);
    }
  }

  #idle(origin: Origin): OpenCodeEvent[] {
    this.#ended = this.#turn?.turnId;
    this.#turn = undefined;
    const sessionID = toSessionId(origin.id);
    return [
      { type: 'session.status', properties: { sessionID, status: { type: 'idle' } } },
      { type: 'session.idle', properties: { sessionID } },
      { type: 'session.updated', properties: { sessionID, info: toSessionInfo(origin) } },
    ];
  }

  #show(message: Message): OpenCodeEvent[] {
    const { info, parts } = message;
    this.messages.set(info.id, message);
    const { sessionID } = info;
    return [
      { type: 'message.updated', properties: { sessionID, info } },
      ...parts.map((part) => ({ type: 'message.part.updated', properties: { sessionID, part } })),
    ];
  }
}

const toError = ({ id }: Origin, message: string): OpenCodeEvent => ({
  type: 'session.error',
  properties: { sessionID: toSessionId(id), error: { name: 'UnknownError', data: { message } } },
});
