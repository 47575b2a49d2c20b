import type { Conversation } from './conversation.ts';
import type { ServerEvent } from './messages.ts';
import type { SessionApi } from './session-api.ts';

/** Messages looked at: a turn of more steps than this is cut only in what a gap of the stream swallowed. */
const newest = 100;

/**
 * What may have happened while no events came, as the events that tell where things stand now. The translation tells
 * of it only what it has not told. Throws ServerRefusal.
 */
export async function catchUp(conversation: Conversation, api: SessionApi): Promise<ServerEvent[]> {
  const { sessionId, turn, children } = conversation;
  if (sessionId === undefined) return [];
  const events: ServerEvent[] = [];
  const since = turn?.since ?? '';
  for (const id of turn ? [sessionId, ...children.keys()] : []) {
    for (const { info, parts } of await api.messages(id, newest)) {
      if (info.id < since) continue;
      events.push({ type: 'message.updated', properties: { info } });
      for (const part of parts) events.push({ type: 'message.part.updated', properties: { part } });
    }
  }
  const ours = new Set([sessionId, ...children.keys()]);
  const permissions = (await api.openPermissions()).filter(({ sessionID }) => ours.has(sessionID));
  const questions = (await api.openQuestions()).filter(({ sessionID }) => ours.has(sessionID));
  const open = new Set([...permissions, ...questions].map(({ id }) => id));
  for (const properties of permissions) events.push({ type: 'permission.asked', properties });
  for (const properties of questions) events.push({ type: 'question.asked', properties });
  for (const requestID of conversation.asks.keys()) {
    if (open.has(requestID)) continue;
    events.push({
      type: 'permission.replied',
      properties: { sessionID: sessionId, requestID, reply: 'once' },
    });
  }
  if (turn && !(await api.isBusy(sessionId))) {
    const arrived = events.some(
      ({ type, properties }) => type === 'message.updated' && properties.info.id >= since,
    );
    if (arrived) turn.started = true;
    events.push({ type: 'session.idle', properties: { sessionID: sessionId } });
  }
  return events;
}
