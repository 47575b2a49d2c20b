import type { SessionRecord } from '../../store/store.ts';
import { toSessionId } from './opencode-ids.ts';

/** The provider under which OpenCode’s clients find our agents, each of them a model. */
export const providerId = 'hotplex';
/** The one agent, in OpenCode’s sense, that every session has: the name its clients expect. */
export const agentName = 'build';

/** OpenCode’s `Session`. */
export type SessionInfo = ReturnType<typeof toSessionInfo>;

/** A session as OpenCode’s clients know one. */
export function toSessionInfo(
  record: Pick<
    SessionRecord,
    'id' | 'title' | 'workDir' | 'workerType' | 'totals' | 'createdAt' | 'updatedAt'
  >,
) {
  const { id, title, workDir, workerType, totals, createdAt, updatedAt } = record;
  return {
    id: toSessionId(id),
    slug: id,
    projectID: 'global',
    directory: workDir,
    title: title ?? 'New session',
    agent: agentName,
    model: { id: workerType, providerID: providerId },
    version: 'hotplex',
    cost: totals.cost_usd ?? 0,
    tokens: toTokens(totals),
    time: { created: createdAt, updated: updatedAt },
  };
}

type Figures = {
  input_tokens: number | null;
  output_tokens: number | null;
  cache_read_tokens: number | null;
  cache_write_tokens: number | null;
};

/** OpenCode has no word for a figure that the agent did not tell: it is 0 there. */
export const toTokens = (figures: Figures | undefined) => ({
  input: figures?.input_tokens ?? 0,
  output: figures?.output_tokens ?? 0,
  reasoning: 0,
  cache: { read: figures?.cache_read_tokens ?? 0, write: figures?.cache_write_tokens ?? 0 },
});
