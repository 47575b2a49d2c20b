import * as z from 'zod/mini';

const json = z.unknown();
const parentId = z.optional(z.string());
const figure = z.nullable(z.number());

/** What kind of work a tool does; decides how a client draws it. */
export const toolKind = z.enum([
  'read',
  'edit',
  'delete',
  'move',
  'search',
  'execute',
  'think',
  'fetch',
  'mcp',
  'agent',
  'other',
]);

const location = z.object({ path: z.string(), line: z.optional(z.int()) });
const diff = z.object({ path: z.string(), old_text: z.nullable(z.string()), new_text: z.string() });

/** Figures of one turn. `null` means the agent did not say; nothing is invented. */
export const turnStats = z.looseObject({
  duration_ms: figure,
  time_to_first_token_ms: figure,
  tool_calls: figure,
  input_tokens: figure,
  output_tokens: figure,
  cache_read_tokens: figure,
  cache_write_tokens: figure,
  total_tokens: figure,
  cost_usd: figure,
  model: z.nullable(z.string()),
  context_used_percent: figure,
  stop_reason: z.nullable(z.string()),
});

/** Sums over the turns of a session, in the same units as the turn's own figures. */
export const sessionTotals = z.looseObject({
  turn_count: z.int(),
  duration_ms: figure,
  tool_calls: figure,
  input_tokens: figure,
  output_tokens: figure,
  cache_read_tokens: figure,
  cache_write_tokens: figure,
  total_tokens: figure,
  cost_usd: figure,
});

/** What happens in a turn, as every client of the session sees it. */
export const turnEvents = {
  'message.start': {
    about: 'A block of assistant text begins.',
    data: z.object({
      id: z.string(),
      role: z.string(),
      content_type: z.string(),
      metadata: z.optional(z.record(z.string(), json)),
      parent_id: parentId,
    }),
  },
  'message.delta': {
    about: 'More text of an open block.',
    data: z.object({ message_id: z.string(), content: z.string(), parent_id: parentId }),
  },
  'message.end': {
    about: 'A block of text is complete.',
    data: z.object({ message_id: z.string(), parent_id: parentId }),
  },
  message: {
    about: 'A whole message that was not streamed.',
    data: z.object({
      id: z.string(),
      role: z.string(),
      content: z.string(),
      content_type: z.optional(z.string()),
      metadata: z.optional(z.record(z.string(), json)),
      parent_id: parentId,
    }),
  },
  'message.retract': {
    about: 'Text blocks that the agent took back; what replaces them follows as new blocks.',
    data: z.object({ message_ids: z.array(z.string()), reason: z.optional(z.string()) }),
  },
  reasoning: {
    about: 'Thinking, streamed: pieces of one block share one id.',
    data: z.object({
      id: z.string(),
      content: z.string(),
      model: z.optional(z.string()),
      parent_id: parentId,
    }),
  },
  tool_call: {
    about: 'The agent calls a tool.',
    data: z.object({
      id: z.string(),
      name: z.string(),
      input: z.record(z.string(), json),
      kind: z.optional(toolKind),
      title: z.optional(z.string()),
      status: z.optional(z.enum(['pending', 'running', 'completed', 'failed'])),
      locations: z.optional(z.array(location)),
      diff: z.optional(z.array(diff)),
      parent_id: parentId,
    }),
  },
  tool_update: {
    about: 'A running tool: more output, a new title or status.',
    data: z.object({
      id: z.string(),
      output_delta: z.optional(z.string()),
      output: z.optional(json),
      title: z.optional(z.string()),
      status: z.optional(z.enum(['pending', 'running', 'completed', 'failed'])),
      locations: z.optional(z.array(location)),
      diff: z.optional(z.array(diff)),
      parent_id: parentId,
    }),
  },
  tool_result: {
    about:
      'What a tool gave back; its id is the id of the call. A stopped one was cut off by the end of its turn.',
    data: z.object({
      id: z.string(),
      output: json,
      error: z.optional(z.string()),
      denied: z.optional(z.boolean()),
      stopped: z.optional(z.boolean()),
      metadata: z.optional(z.record(z.string(), json)),
      diff: z.optional(z.array(diff)),
      parent_id: parentId,
    }),
  },
  step: {
    about: 'A piece of work inside the turn: a sub-agent, a background task.',
    data: z.object({
      id: z.string(),
      step_type: z.string(),
      name: z.optional(z.string()),
      input: z.optional(json),
      output: z.optional(json),
      status: z.optional(z.string()),
      parent_id: parentId,
      duration: z.optional(z.int()),
    }),
  },
  plan: {
    about: 'The agent’s list of things to do, whole each time.',
    data: z.object({
      entries: z.array(
        z.object({
          id: z.optional(z.string()),
          content: z.string(),
          status: z.enum(['pending', 'in_progress', 'completed']),
          priority: z.optional(z.enum(['high', 'medium', 'low'])),
        }),
      ),
    }),
  },
  raw: {
    about: 'Something the agent said that has no place in the protocol.',
    data: z.object({ kind: z.string(), raw: json }),
  },
  context_usage: {
    about: 'How full the agent’s context is.',
    data: z.object({
      total_tokens: z.number(),
      max_tokens: z.number(),
      percentage: z.number(),
      model: z.optional(z.string()),
      categories: z.optional(z.array(z.object({ name: z.string(), tokens: z.number() }))),
      memory_files: z.optional(json),
      mcp_tools: z.optional(json),
      agents: z.optional(json),
      skills: z.optional(json),
    }),
  },
  skills_list: {
    about: 'The agent’s skills and slash commands.',
    data: z.object({
      skills: z.array(
        z.object({ name: z.string(), description: z.optional(z.string()), source: z.optional(z.string()) }),
      ),
      total: z.int(),
      filter: z.optional(z.string()),
    }),
  },
  mcp_status: {
    about: 'The agent’s MCP servers and how they are.',
    data: z.object({ servers: z.array(z.object({ name: z.string(), status: z.string() })) }),
  },
  'session.title': { about: 'A name for the session.', data: z.object({ title: z.string() }) },
  'worker.notice': {
    about: 'Something the user should know while waiting: a retry, a rate limit, a compaction.',
    data: z.object({
      kind: z.enum(['retry', 'rate_limit', 'compaction', 'info', 'model', 'permission_mode', 'background']),
      message: z.string(),
      details: z.optional(z.record(z.string(), json)),
    }),
  },
  done: {
    about: 'The turn is over. Exactly one per turn, after any error.',
    data: z.object({
      success: z.boolean(),
      stats: z.optional(z.looseObject({ ...turnStats.shape, _session: z.optional(sessionTotals) })),
      dropped: z.optional(z.boolean()),
      /** Where the agent's own conversation stood then, in its own words: what it can be taken back to. */
      point: z.optional(z.string()),
    }),
  },
} as const;
