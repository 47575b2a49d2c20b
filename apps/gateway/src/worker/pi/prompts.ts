import type { WorkerEvent, WorkerInput } from '../worker.ts';
import { beginTurn, type Conversation, type Steered, type Turn } from './conversation.ts';
import { toPromptFailure } from './failure.ts';
import type { Reply } from './request-channel.ts';
import { endTurn } from './translate-turn.ts';

/** What Pi made of a prompt. NOTE: before 1.0 it did not say. */
function dispositionOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'disposition' in value
    ? value.disposition
    : undefined;
}

/** The reply to the prompt of a turn. Only a refusal, or a prompt that an extension handled, ends the turn. */
export function promptReplied(
  conversation: Conversation,
  { turn, reply, at }: { turn: Turn; reply: Reply; at: number },
): WorkerEvent[] {
  if (conversation.turn !== turn || turn.started) return [];
  if ('failure' in reply) return endTurn(conversation, { error: toPromptFailure(reply.failure), at });
  return dispositionOf(reply.value) === 'handled' ? endTurn(conversation, { at }) : [];
}

/** Notes a prompt that is sent for the running turn. */
export function noteSteered({ steered }: Conversation, input: WorkerInput, content: string): Steered {
  const entry: Steered = { inputId: input.inputId, content, state: 'sent' };
  steered.push(entry);
  return entry;
}

/** The reply to a steered prompt: it waits for the agent's next step, or it came too late and starts a turn. */
export function steerReplied(
  conversation: Conversation,
  { entry, reply, at }: { entry: Steered; reply: Reply; at: number },
): WorkerEvent[] {
  const { steered, turn } = conversation;
  if (!steered.includes(entry)) return [];
  const busy = turn?.started ?? false;
  const disposition = 'value' in reply ? (dispositionOf(reply.value) ?? (busy ? 'queued' : 'started')) : null;
  if (disposition === 'queued') {
    entry.state = 'queued';
    return [];
  }
  steered.splice(steered.indexOf(entry), 1);
  // A refused prompt is still the session's, which sends it again when the turn is over.
  if (disposition === null) return [];
  const { inputId } = entry;
  if (!turn) {
    beginTurn(conversation, { inputIds: [inputId], at });
    const started: WorkerEvent = { type: 'turn.started', data: { input_ids: [inputId] } };
    return disposition === 'handled' ? [started, ...endTurn(conversation, { at })] : [started];
  }
  if (turn.inputIds.has(inputId)) return [];
  turn.inputIds.add(inputId);
  return [{ type: 'input.taken', data: { input_id: inputId } }];
}
