import * as z from 'zod';

/**
 * What an agent writes by the Agent Client Protocol, version 1 (agentclientprotocol.com, "Session Update" and "Tool
 * Calls"). The schemas are loose and name only what we read: agents add fields and kinds of their own.
 */

const words = z.string().nullish();
const anyObject = z.record(z.string(), z.unknown());

/** Not loose: most of what an agent says are these, and zod reads a plain object many times faster. */
const textChunk = {
  content: z.object({ type: z.string(), text: z.string().optional() }),
  messageId: words,
};

const toolContent = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('content'), content: z.looseObject({ type: z.string(), text: words }) }),
    z.object({ type: z.literal('diff'), path: z.string(), oldText: words, newText: z.string() }),
    z.object({ type: z.literal('terminal'), terminalId: z.string() }),
    z.object({ type: z.literal('other') }),
  ])
  .catch({ type: 'other' });

/** A tool call, or what became of it: every field but the id may come later. */
export const toolCall = z.looseObject({
  toolCallId: z.string(),
  name: words,
  title: words,
  kind: words,
  status: words,
  rawInput: z.unknown().optional(),
  rawOutput: z.unknown().optional(),
  content: z.array(toolContent).nullish(),
  locations: z.array(z.looseObject({ path: z.string(), line: z.int().nullish() })).nullish(),
  _meta: anyObject.nullish(),
});
export type ToolCall = z.infer<typeof toolCall>;

const optionKind = z.enum(['allow_once', 'allow_always', 'reject_once', 'reject_always']);

/** A request for permission: what for, and the answers there are. */
export const permissionParams = z.looseObject({
  toolCall,
  options: z.array(z.looseObject({ optionId: z.string(), name: z.string(), kind: optionKind })),
});
export type PermissionParams = z.infer<typeof permissionParams>;

const choice = z.looseObject({ value: z.string(), name: words });
const optionGroup = z.looseObject({ options: z.array(choice) }).transform(({ options }) => options);

/** A setting of the session, chosen from a list, e.g. its model. */
export const configOption = z.looseObject({
  id: z.string(),
  category: words,
  currentValue: z.unknown(),
  options: z
    .array(z.union([choice.transform((option) => [option]), optionGroup]))
    .transform((groups) => groups.flat())
    .nullish(),
});
export type ConfigOption = z.infer<typeof configOption>;

const planStatus = z.enum(['pending', 'in_progress', 'completed']);
const planEntry = z.looseObject({
  content: z.string(),
  status: planStatus.catch('pending'),
  priority: z.enum(['high', 'medium', 'low']).optional().catch(undefined),
});

const command = z.looseObject({ name: z.string(), description: words });

/** One step of the conversation, by its kind. */
export const sessionUpdate = z.discriminatedUnion('sessionUpdate', [
  z.object({ sessionUpdate: z.literal('agent_message_chunk'), ...textChunk }),
  z.object({ sessionUpdate: z.literal('agent_thought_chunk'), ...textChunk }),
  z.looseObject({ sessionUpdate: z.literal('user_message_chunk') }),
  toolCall.extend({ sessionUpdate: z.literal('tool_call') }),
  toolCall.extend({ sessionUpdate: z.literal('tool_call_update') }),
  z.looseObject({ sessionUpdate: z.literal('plan'), entries: z.array(planEntry) }),
  z.looseObject({
    sessionUpdate: z.literal('available_commands_update'),
    availableCommands: z.array(command),
  }),
  z.looseObject({ sessionUpdate: z.literal('current_mode_update'), currentModeId: z.string() }),
  z.looseObject({ sessionUpdate: z.literal('config_option_update'), configOptions: z.array(configOption) }),
  z.looseObject({ sessionUpdate: z.literal('session_info_update'), title: words }),
  z.looseObject({
    sessionUpdate: z.literal('usage_update'),
    used: z.number(),
    size: z.number(),
    cost: z.looseObject({ amount: z.number(), currency: z.string() }).nullish(),
    _meta: anyObject.nullish(),
  }),
]);
export type SessionUpdate = z.infer<typeof sessionUpdate>;
/** One kind of update, e.g. `UpdateOf<'plan'>`. */
export type UpdateOf<K extends SessionUpdate['sessionUpdate']> = Extract<SessionUpdate, { sessionUpdate: K }>;

const tokens = z.number().nullish();

/** The answer to a prompt: its turn is over. */
export const promptResult = z.looseObject({
  stopReason: z.string(),
  usage: z
    .looseObject({
      inputTokens: tokens,
      outputTokens: tokens,
      cachedReadTokens: tokens,
      cachedWriteTokens: tokens,
      totalTokens: tokens,
    })
    .nullish(),
});
export type PromptResult = z.infer<typeof promptResult>;

/** The refusal of a request. `data` is the agent's own. */
export type RpcError = { code: number; message: string; data?: unknown };
