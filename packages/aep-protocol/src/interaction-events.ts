import * as z from 'zod/mini';

const resolvedReason = z.enum(['answered', 'timeout', 'policy', 'interrupted']);
/** What the gateway's policy made of the call, before anybody saw it. */
const policy = z.object({
  decision: z.enum(['allow', 'ask', 'deny']),
  rule: z.string(),
  reason: z.string(),
  /** The command as it would run, resolved; invisible characters are escaped. */
  command: z.optional(z.string()),
  cwd: z.optional(z.string()),
  /** The files and addresses it would touch, resolved. */
  targets: z.optional(z.array(z.string())),
});
/** Of a question of the gateway itself: what is used up. Amounts are US dollars, tokens, or milliseconds of work. */
const budget = z.object({
  measure: z.enum(['cost', 'tokens', 'time']),
  /** That of the session, or of the day of its owner. */
  period: z.enum(['session', 'day']),
  used: z.number(),
  /** What there would be on top, if somebody says so. */
  more: z.optional(z.number()),
});
const toolCall = { tool_call_id: z.optional(z.string()), deadline_ms: z.optional(z.int()) };

/** Things the agent waits for a person to decide. Durable, and decided once. */
export const interactionEvents = {
  permission_request: {
    about: 'The agent asks whether it may use a tool.',
    data: z.object({
      id: z.string(),
      tool_name: z.string(),
      description: z.optional(z.string()),
      args: z.optional(z.array(z.string())),
      input_raw: z.optional(z.unknown()),
      options: z.optional(
        z.array(
          z.object({
            id: z.string(),
            label: z.string(),
            kind: z.enum(['allow_once', 'allow_always', 'reject_once', 'reject_always']),
          }),
        ),
      ),
      policy: z.optional(policy),
      ...toolCall,
    }),
  },
  'permission.resolved': {
    about: 'A permission request was decided, by whom and why.',
    data: z.object({
      id: z.string(),
      allowed: z.boolean(),
      by: z.nullable(z.string()),
      reason: resolvedReason,
      option_id: z.optional(z.string()),
      message: z.optional(z.string()),
    }),
  },
  question_request: {
    about: 'The agent asks the user to choose or to write.',
    data: z.object({
      id: z.string(),
      tool_name: z.optional(z.string()),
      questions: z.array(
        z.object({
          question: z.string(),
          header: z.optional(z.string()),
          options: z.array(
            z.object({
              label: z.string(),
              description: z.optional(z.string()),
              preview: z.optional(z.string()),
            }),
          ),
          multi_select: z.optional(z.boolean()),
        }),
      ),
      budget: z.optional(budget),
      ...toolCall,
    }),
  },
  'question.resolved': {
    about: 'A question was answered or given up.',
    data: z.object({
      id: z.string(),
      answers: z.nullable(z.record(z.string(), z.union([z.string(), z.array(z.string())]))),
      by: z.nullable(z.string()),
      reason: resolvedReason,
    }),
  },
  elicitation_request: {
    about: 'An MCP server asks the user for data.',
    data: z.object({
      id: z.string(),
      mcp_server_name: z.string(),
      message: z.string(),
      mode: z.optional(z.string()),
      url: z.optional(z.string()),
      elicitation_id: z.optional(z.string()),
      requested_schema: z.optional(z.record(z.string(), z.unknown())),
      deadline_ms: z.optional(z.int()),
    }),
  },
  'elicitation.resolved': {
    about: 'An elicitation was answered or given up.',
    data: z.object({
      id: z.string(),
      action: z.enum(['accept', 'decline', 'cancel']),
      by: z.nullable(z.string()),
      reason: resolvedReason,
    }),
  },
} as const;
