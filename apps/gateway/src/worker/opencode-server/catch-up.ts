import type { ToolPart } from '../opencode/tool-state.ts';
import type { Conversation } from './conversation.ts';
import type { Part, ServerEvent } from './messages.ts';
import type { SessionApi } from './session-api.ts';

/** Messages looked at: a turn of more steps than this is cut only in what a gap of the stream swallowed. */
const newest = 100;

/**
 * What may have happened while no events came, as the events that tell where things stand now. The translation tells
 * of it only what it has not told. Throws ServerRefusal.
 */
export async function catchUp(conversation: Conversation, api: SessionApi): Promise<ServerEvent[]> {
  const { sessionId, turn, steered, children } = conversation;
  if (sessionId === undefined) return [];
  // Without a turn there may be one that a steered prompt began because it came too late for the last.
  const since = turn?.since ?? [...steered.keys()].toSorted()[0];
  const ours = new Set([sessionId, ...children.keys()]);
  const events = since === undefined ? [] : await readWords(api, { sessionId, since, ours, read: new Set() });
  events.push(...(await readAsks(conversation, { api, sessionId, ours })));
  if (since !== undefined && !(await api.isBusy(sessionId))) {
    if (turn && events.some(({ type }) => type === 'message.updated')) turn.started = true;
    events.push({ type: 'session.idle', properties: { sessionID: sessionId } });
  }
  return events;
}

type Reading = {
  sessionId: string;
  since: string;
  /** Sessions of this conversation; those of sub-agents that are found are added. */
  ours: Set<string>;
  /** Sessions that were read already. */
  read: Set<string>;
};

/** The messages since then; a sub-agent's stand between the beginning of its call and the end. */
async function readWords(api: SessionApi, reading: Reading): Promise<ServerEvent[]> {
  const { sessionId, since, ours, read } = reading;
  read.add(sessionId);
  const events: ServerEvent[] = [];
  for (const { info, parts } of await api.messages(sessionId, newest)) {
    if (info.id < since) continue;
    events.push({ type: 'message.updated', properties: { info } });
    for (const part of parts) {
      const child = subAgentOf(part);
      if (child && !read.has(child.sessionId)) {
        ours.add(child.sessionId);
        events.push(updated(child.begun), ...(await readWords(api, { ...reading, ...child })));
      }
      events.push(updated(part));
    }
  }
  return events;
}

/** The session of a sub-agent that this call started, and the call as it was before its end. */
function subAgentOf(part: Part): { sessionId: string; begun: ToolPart } | undefined {
  if (part.type !== 'tool' || part.tool !== 'task' || part.state.status === 'pending') return undefined;
  const { input, metadata, time } = part.state;
  const sessionId = metadata?.sessionId;
  if (typeof sessionId !== 'string') return undefined;
  return { sessionId, begun: { ...part, state: { status: 'running', title: null, input, metadata, time } } };
}

function updated(part: Part): ServerEvent {
  return { type: 'message.part.updated', properties: { part } };
}

type Asking = { api: SessionApi; sessionId: string; ours: ReadonlySet<string> };

/** What is asked now, and the end of what is not asked any more. */
async function readAsks({ asks }: Conversation, { api, sessionId, ours }: Asking): Promise<ServerEvent[]> {
  const permissions = (await api.openPermissions()).filter(({ sessionID }) => ours.has(sessionID));
  const questions = (await api.openQuestions()).filter(({ sessionID }) => ours.has(sessionID));
  const open = new Set([...permissions, ...questions].map(({ id }) => id));
  const gone = [...asks.keys()].filter((id) => !open.has(id));
  return [
    ...permissions.map((properties): ServerEvent => ({ type: 'permission.asked', properties })),
    ...questions.map((properties): ServerEvent => ({ type: 'question.asked', properties })),
    ...gone.map((requestID): ServerEvent => {
      return { type: 'permission.replied', properties: { sessionID: sessionId, requestID, reply: 'once' } };
    }),
  ];
}
