import type { WorkerEvent, WorkerInput } from '../worker.ts';
import { beginTurn, type Conversation, type Steered } from './conversation.ts';
import { toPromptFailure } from './failure.ts';
import { promptCommand } from './outgoing.ts';
import type { Reply, RequestChannel } from './request-channel.ts';
import { endTurn } from './translate-turn.ts';

type Sending = {
  pi: RequestChannel;
  /** Milliseconds of the worker's clock. */
  at: number;
};

/** Writes the prompt that begins a turn. */
export function sendPrompt(conversation: Conversation, input: WorkerInput, { pi, at }: Sending): void {
  const { number: turn } = beginTurn(conversation, { inputIds: [input.inputId], at });
  pi.ask(promptCommand(input, 'followUp'), { for: 'prompt', turn });
}

/** Writes a prompt for the running turn. */
export function sendSteered(
  conversation: Conversation,
  input: WorkerInput,
  { pi }: Pick<Sending, 'pi'>,
): void {
  const command = promptCommand(input, 'steer');
  noteSteered(conversation, input, String(command.message));
  pi.ask(command, { for: 'steer', inputId: input.inputId });
}

/** Tells Pi to end the turn, and to forget what waits for it. */
export function sendAbort(conversation: Conversation, { pi }: Pick<Sending, 'pi'>): void {
  noteCleared(conversation);
  pi.request({ type: 'clear_queue' });
  pi.request({ type: 'abort' });
}

/** What Pi made of a prompt. NOTE: before 1.0 it did not say. */
function dispositionOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'disposition' in value
    ? value.disposition
    : undefined;
}

/** The reply to the prompt of a turn. Only a refusal, or a prompt that an extension handled, ends the turn. */
export function promptReplied(
  conversation: Conversation,
  { turn, reply, at }: { turn: number; reply: Reply; at: number },
): WorkerEvent[] {
  if (conversation.turn?.number !== turn || conversation.turn.started) return [];
  if ('failure' in reply) return endTurn(conversation, { error: toPromptFailure(reply.failure), at });
  return dispositionOf(reply.value) === 'handled' ? endTurn(conversation, { at }) : [];
}

/** Notes a prompt that is sent for the running turn. */
export function noteSteered({ steered }: Conversation, input: WorkerInput, content: string): void {
  steered.push({ input, content, state: 'sent' });
}

/** Notes that Pi was told to forget what waits in its queue. */
export function noteCleared({ steered }: Conversation): void {
  for (const entry of steered) if (entry.state === 'queued') entry.state = 'cleared';
}

/** The steered prompts that no turn will read any more, now that it is over. They are still ours to deliver. */
export function takeLeftOver(conversation: Conversation): Steered[] {
  const { turn, steered } = conversation;
  if (turn) return [];
  const left = steered.filter(({ state }) => state !== 'sent');
  conversation.steered = steered.filter(({ state }) => state === 'sent');
  return left;
}

/** The reply to a steered prompt: it waits for the agent's next step, or it came too late and starts a turn. */
export function steerReplied(
  conversation: Conversation,
  { inputId, reply, at }: { inputId: string; reply: Reply; at: number },
): WorkerEvent[] {
  const { steered, turn } = conversation;
  const entry = steered.find(({ input }) => input.inputId === inputId);
  if (!entry) return [];
  const disposition = 'value' in reply ? dispositionOf(reply.value) : 'refused';
  if (disposition === 'queued' || (disposition === undefined && turn?.started)) {
    entry.state = 'queued';
    return [];
  }
  steered.splice(steered.indexOf(entry), 1);
  const error = 'failure' in reply ? toPromptFailure(reply.failure) : undefined;
  if (turn) {
    turn.inputIds.add(inputId);
    const taken: WorkerEvent = { type: 'input.taken', data: { input_id: inputId } };
    return error ? [taken, { type: 'error', data: error }] : [taken];
  }
  beginTurn(conversation, { inputIds: [inputId], at });
  const started: WorkerEvent = { type: 'turn.started', data: { input_ids: [inputId] } };
  const over = error !== undefined || disposition === 'handled';
  return over ? [started, ...endTurn(conversation, { error, at })] : [started];
}
