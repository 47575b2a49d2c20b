import type {
  ServerData,
  ServerEnvelope,
  SessionState,
  SessionTotals,
  TurnStats,
} from '@hotplex/aep-protocol';

/** A prompt that waits for its turn. */
export type QueuedPrompt = {
  inputId: string;
  text: string;
  author: string;
  /** Names of the files that go with it, as far as they have one. */
  files: readonly string[];
};

/** How full the agent’s context is; the end of a turn says less of it than a measurement. */
export type ContextReading = Pick<ServerData<'context_usage'>, 'percentage'> &
  Partial<ServerData<'context_usage'>>;

/** What a session’s log says of it beside its messages. */
export type SessionFacts = {
  /** Number of the newest event. */
  lastSeq: number;
  /** Undefined until it is told. */
  state: SessionState | undefined;
  title: string | undefined;
  /** In the order in which they will run. */
  queue: readonly QueuedPrompt[];
  /** What the agent waits for somebody to decide; oldest first. */
  permissions: readonly ServerData<'permission_request'>[];
  questions: readonly ServerData<'question_request'>[];
  elicitations: readonly ServerData<'elicitation_request'>[];
  /** As the agent last said, by itself or at the end of a turn. */
  context: ContextReading | undefined;
  /** The model that last ended a turn. */
  model: string | undefined;
  /** The figures of the last turn. */
  usage: Partial<TurnStats> | undefined;
  /** Sums over all turns. */
  totals: SessionTotals | undefined;
};

/** The facts before the first event. */
export const noFacts: SessionFacts = {
  lastSeq: 0,
  state: undefined,
  title: undefined,
  queue: [],
  permissions: [],
  questions: [],
  elicitations: [],
  context: undefined,
  model: undefined,
  usage: undefined,
  totals: undefined,
};

const nothingAsked = { permissions: [], questions: [], elicitations: [] } as const;

/** The facts after the next event. An event that was taken before changes nothing, and gives the same object. */
export function nextFacts(facts: SessionFacts, { seq, event }: ServerEnvelope): SessionFacts {
  if (seq <= facts.lastSeq) return facts;
  const next = { ...facts, lastSeq: seq };
  switch (event.type) {
    case 'state':
      return { ...next, state: event.data.state };
    case 'session.title':
      return { ...next, title: event.data.title };
    case 'input':
      return { ...next, queue: queued(facts.queue, event.data) };
    case 'input.status':
      return { ...next, queue: settled(facts.queue, event.data) };
    case 'permission_request':
      return { ...next, permissions: [...facts.permissions, event.data] };
    case 'question_request':
      return { ...next, questions: [...facts.questions, event.data] };
    case 'elicitation_request':
      return { ...next, elicitations: [...facts.elicitations, event.data] };
    case 'permission.resolved':
      return { ...next, permissions: without(facts.permissions, event.data.id) };
    case 'question.resolved':
      return { ...next, questions: without(facts.questions, event.data.id) };
    case 'elicitation.resolved':
      return { ...next, elicitations: without(facts.elicitations, event.data.id) };
    case 'context_usage':
      return { ...next, context: event.data };
    case 'done':
      return { ...next, ...nothingAsked, ...figures(facts, event.data) };
    default:
      return next;
  }
}

function queued(queue: readonly QueuedPrompt[], input: ServerData<'input'>): readonly QueuedPrompt[] {
  const { input_id: inputId, content: text, author, status, parts = [] } = input;
  if (status !== 'queued') return queue;
  const files = parts.flatMap((part) => ('name' in part && part.name !== undefined ? [part.name] : []));
  return [...queue, { inputId, text, author, files }];
}

/** A prompt that is still queued was edited; every other status takes it out of the queue. */
function settled(
  queue: readonly QueuedPrompt[],
  { input_id: inputId, status, content }: ServerData<'input.status'>,
): readonly QueuedPrompt[] {
  if (status !== 'queued') return queue.filter((prompt) => prompt.inputId !== inputId);
  return queue.map((prompt) =>
    prompt.inputId === inputId && content !== undefined ? { ...prompt, text: content } : prompt,
  );
}

function without<T extends { id: string }>(requests: readonly T[], id: string): readonly T[] {
  return requests.filter((request) => request.id !== id);
}

function figures(
  { usage, totals, context, model }: SessionFacts,
  { stats }: ServerData<'done'>,
): Pick<SessionFacts, 'usage' | 'totals' | 'context' | 'model'> {
  if (!stats) return { usage, totals, context, model };
  const { _session, ...turn } = stats;
  return {
    usage: turn,
    totals: _session ?? totals,
    context: afterTurn(context, turn.context_used_percent),
    model: turn.model ?? model,
  };
}

/** The parts of an older reading are no longer true after a turn; how much fits in still is. */
function afterTurn(
  context: ContextReading | undefined,
  percentage: number | null | undefined,
): ContextReading | undefined {
  if (typeof percentage !== 'number') return context;
  const size = context?.max_tokens;
  if (size === undefined) return { percentage };
  return { percentage, max_tokens: size, total_tokens: Math.round((size * percentage) / 100) };
}
