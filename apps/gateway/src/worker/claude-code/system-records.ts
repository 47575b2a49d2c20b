import * as z from 'zod';

const words = z.string().nullish();
const system = z.literal('system');

const backgroundTask = z.looseObject({ task_id: z.string() });

/** Records of type `system`, by subtype. Only the fields we use are checked. */
export const systemRecord = z.discriminatedUnion('subtype', [
  z.looseObject({
    type: system,
    subtype: z.literal('init'),
    session_id: z.string(),
    model: words,
    permissionMode: words,
    tools: z.array(z.string()).nullish(),
    user_message_uuids: z.array(z.string()).nullish(),
  }),
  z.looseObject({
    type: system,
    subtype: z.literal('status'),
    status: words,
    permissionMode: words,
  }),
  z.looseObject({
    type: system,
    subtype: z.literal('api_retry'),
    attempt: z.number(),
    max_retries: z.number(),
    retry_delay_ms: z.number(),
    error_status: z.number().nullish(),
    error: words,
  }),
  z.looseObject({
    type: system,
    subtype: z.literal('permission_denied'),
    tool_use_id: z.string(),
  }),
  z.looseObject({
    type: system,
    subtype: z.literal('task_started'),
    task_id: z.string(),
    tool_use_id: words,
    description: words,
    task_type: words,
    subagent_type: words,
    prompt: words,
    is_backgrounded: z.boolean().nullish(),
  }),
  z.looseObject({
    type: system,
    subtype: z.literal('task_notification'),
    task_id: z.string(),
    tool_use_id: words,
    status: words,
    summary: words,
    usage: z.looseObject({ duration_ms: z.number().nullish() }).nullish(),
  }),
  z.looseObject({
    type: system,
    subtype: z.literal('background_tasks_changed'),
    tasks: z.array(backgroundTask),
  }),
  z.looseObject({
    type: system,
    subtype: z.literal('compact_boundary'),
    compact_metadata: z
      .looseObject({ trigger: words, pre_tokens: z.number().nullish(), post_tokens: z.number().nullish() })
      .nullish(),
  }),
  z.looseObject({ type: system, subtype: z.literal('informational'), content: z.string() }),
  z.looseObject({ type: system, subtype: z.literal('session_title_changed'), title: z.string() }),
  // Known and of no interest to anybody but the CLI's own screen.
  z.looseObject({ type: system, subtype: z.literal('elicitation_complete') }),
  z.looseObject({ type: system, subtype: z.literal('session_state_changed') }),
  z.looseObject({ type: system, subtype: z.literal('thinking_tokens') }),
  z.looseObject({ type: system, subtype: z.literal('task_updated') }),
  z.looseObject({ type: system, subtype: z.literal('ui_invalidate') }),
  // The result that follows says the same, with the words for people.
  z.looseObject({ type: system, subtype: z.literal('model_refusal_no_fallback') }),
]);
export type SystemRecord = z.infer<typeof systemRecord>;
/** One kind of system record, e.g. `SystemOf<'init'>`. */
export type SystemOf<S extends SystemRecord['subtype']> = Extract<SystemRecord, { subtype: S }>;
