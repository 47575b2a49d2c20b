import type { InteractionResponse } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import { toElicitationAnswer } from './elicitation.ts';
import { toHookAnswer } from './hook.ts';
import { answerLine } from './outgoing.ts';
import { toPermissionAnswer } from './permission.ts';

/** Closes the ask that this answers and returns the line for the CLI; undefined if nothing such is open. */
export function takeAnswer(
  { asks, refused }: Conversation,
  response: InteractionResponse,
): string | undefined {
  const ask = asks.get(response.id);
  if (!ask) return undefined;
  asks.delete(response.id);
  if (ask.kind === 'elicitation') return answerLine(response.id, toElicitationAnswer(response));
  if (ask.kind === 'check') {
    const answer = toHookAnswer(response);
    if (answer.hookSpecificOutput && ask.toolCallId) refused.add(ask.toolCallId);
    return answerLine(response.id, answer);
  }
  const answer = toPermissionAnswer(ask, response);
  if (answer.behavior === 'deny' && ask.toolCallId) refused.add(ask.toolCallId);
  return answerLine(response.id, answer);
}
