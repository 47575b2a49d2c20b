import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { misshapen } from './shape.ts';

/** What was asked for, and every character of the answer if it is known. */
export type Prompt = {
  inputId: string;
  says: string | null;
  /** Whether some client was told that it is taken. */
  accepted: boolean;
};

export type Evidence = {
  /** The whole log of a session, as HTTP gives it at the end. */
  log: readonly ServerEnvelope[];
  /** What each of its clients was handed, in order. */
  seen: readonly (readonly ServerEnvelope[])[];
  /** What was sent to the session. */
  prompts: readonly Prompt[];
  /** How often the agent received each prompt, by its own account. */
  received: ReadonlyMap<string, number>;
};

type Told = { status: string; turnId: string | undefined };

/** Compares what everybody saw with what was said. Returns what contradicts the promises, in words. */
export function judge({ log, seen, prompts, received }: Evidence): string[] {
  return [
    ...gaps(log),
    ...seen.flatMap((events, index) => differences(events, log, index)),
    ...endings(log),
    ...misshapen(log),
    ...decisions(log),
    ...prompts.flatMap((prompt) => judgePrompt(prompt, { log, received })),
  ];
}

/** How many prompts ended in each way. */
export function tally(log: readonly ServerEnvelope[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of statuses(log).values()) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** R1: numbers from 1, without gaps. */
function gaps(log: readonly ServerEnvelope[]): string[] {
  const wrong = log.find(({ seq }, index) => seq !== index + 1);
  return wrong ? [`the log has ${wrong.seq} where another number belongs`] : [];
}

/** R3: a client was handed exactly the log. */
function differences(
  seen: readonly ServerEnvelope[],
  log: readonly ServerEnvelope[],
  index: number,
): string[] {
  if (seen.length !== log.length)
    return [`client ${index} was handed ${seen.length} events, the log has ${log.length}`];
  const at = seen.findIndex(({ id }, position) => id !== log[position]?.id);
  if (at !== -1) return [`client ${index} was handed ${seen[at]?.id} at place ${at + 1}`];
  const changed = seen.find(
    ({ event }, position) => JSON.stringify(event) !== JSON.stringify(log[position]?.event),
  );
  return changed ? [`client ${index} was handed another ${changed.event.type} than the log has`] : [];
}

/** S2, G5: each turn that began has one end. */
function endings(log: readonly ServerEnvelope[]): string[] {
  const ends = new Map<string, number>();
  for (const { event, turn_id: turn } of log) {
    if (turn === undefined) continue;
    if (event.type === 'state' && event.data.state === 'running') ends.set(turn, ends.get(turn) ?? 0);
    if (event.type === 'done') ends.set(turn, (ends.get(turn) ?? 0) + 1);
  }
  return [...ends].filter(([, count]) => count !== 1).map(([turn, count]) => `${turn} ended ${count} times`);
}

/** E4: each request of the agent was decided once. */
function decisions(log: readonly ServerEnvelope[]): string[] {
  const decided = new Map<string, number>();
  for (const { event } of log) {
    if (event.type === 'permission_request') decided.set(event.data.id, 0);
    if (event.type === 'permission.resolved')
      decided.set(event.data.id, (decided.get(event.data.id) ?? 0) + 1);
  }
  return [...decided]
    .filter(([, times]) => times !== 1)
    .map(([id, times]) => `the request ${id} was decided ${times} times`);
}

/** G4, G5, I1: it ran at most once, and what is said of it is true. */
function judgePrompt(
  { inputId, says, accepted }: Prompt,
  { log, received }: Pick<Evidence, 'log' | 'received'>,
): string[] {
  const times = received.get(inputId) ?? 0;
  if (times > 1) return [`${inputId} reached the agent ${times} times`];
  const told = statuses(log).get(inputId);
  if (!told && accepted) return [`${inputId} was accepted and is not in the log`];
  if (!told) return times === 0 ? [] : [`${inputId} reached the agent and is not in the log`];
  const { status, turnId } = told;
  if (status === 'queued' || status === 'delivered') return [`${inputId} is ${status} for ever`];
  if (status === 'done' && times === 0) return [`${inputId} is done and never reached the agent`];
  if (status === 'cancelled' && times > 0) return [`${inputId} is cancelled and reached the agent`];
  if (says === null) return [];
  const text = textOf(log, turnId);
  if (status === 'done' && text !== says)
    return [`${inputId} is done with ${text.length} of ${says.length} characters`];
  return says.startsWith(text) ? [] : [`the answer to ${inputId} is not what the agent said`];
}

function statuses(log: readonly ServerEnvelope[]): Map<string, Told> {
  const found = new Map<string, Told>();
  for (const { event } of log) {
    if (event.type === 'input')
      found.set(event.data.input_id, { status: event.data.status, turnId: undefined });
    if (event.type !== 'input.status') continue;
    const { input_id: inputId, status, turn_id: turnId } = event.data;
    found.set(inputId, { status, turnId: turnId ?? found.get(inputId)?.turnId });
  }
  return found;
}

function textOf(log: readonly ServerEnvelope[], turnId: string | undefined): string {
  if (turnId === undefined) return '';
  return log
    .filter(({ turn_id: turn }) => turn === turnId)
    .map(({ event }) => (event.type === 'message.delta' ? event.data.content : ''))
    .join('');
}
