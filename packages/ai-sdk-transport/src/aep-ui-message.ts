import type { ServerData } from '@hotplex/aep-protocol';
import type { UIMessage, UIMessageChunk } from 'ai';

/** What a message knows of its turn. */
export type AepMetadata = {
  sessionId?: string;
  turnId?: string;
  /** Unix milliseconds of the turn's first event. */
  createdAt?: number;
  success?: boolean;
  /** Why the turn ended, e.g. `end_turn`, `interrupted`; null if the agent did not say. */
  stopReason?: string | null;
  stats?: NonNullable<ServerData<'done'>['stats']>;
  error?: { code: string; message: string };
  /** Of user messages: who sent it. */
  author?: string;
};

/** How a request stands; `by` is who decided, null for nobody. */
type Decision<S extends string> = { status: 'pending' | S; by?: string | null; reason?: string };

/** Data parts: the same type and id replaces the part in place. */
export type AepData = {
  permission: ServerData<'permission_request'> & Decision<'allowed' | 'denied'>;
  question: ServerData<'question_request'> &
    Decision<'answered' | 'withdrawn'> & { answers?: ServerData<'question.resolved'>['answers'] };
  elicitation: ServerData<'elicitation_request'> &
    Decision<'answered' | 'withdrawn'> & { action?: ServerData<'elicitation.resolved'>['action'] };
  plan: ServerData<'plan'>;
  step: ServerData<'step'>;
  notice: ServerData<'worker.notice'>;
  error: ServerData<'error'>;
  raw: ServerData<'raw'>;
  context: ServerData<'context_usage'>;
};

export type AepUIMessage = UIMessage<AepMetadata, AepData>;
export type AepChunk = UIMessageChunk<AepMetadata, AepData>;

/** What `toolMetadata.hotplex` of a tool part holds. */
export type AepToolView = {
  kind?: ServerData<'tool_call'>['kind'];
  locations?: ServerData<'tool_call'>['locations'];
  diff?: ServerData<'tool_call'>['diff'];
  /** The tool call of the sub-agent this one belongs to. */
  parentId?: string;
};
