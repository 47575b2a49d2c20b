import * as z from 'zod';

/** The demo agent's own wire, one JSON object a line. The agent imports the types alone: it runs without any package. */
const parent = z.string().optional();
const toolKind = z.enum(['read', 'edit', 'search', 'execute', 'agent', 'other']);
const diff = z.array(z.object({ path: z.string(), old_text: z.string().nullable(), new_text: z.string() }));
const status = z.enum(['pending', 'in_progress', 'completed']);
const named = z.object({ name: z.string(), description: z.string() });

const option = z.object({ label: z.string(), description: z.string().optional() });
const question = z.object({
  question: z.string(),
  header: z.string(),
  options: z.array(option),
  multi_select: z.boolean(),
});

const line = <T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), ...shape });

/** What the agent says. */
export const demoLine = z.discriminatedUnion('type', [
  // The process: its first line, and what changes later.
  line('hello', {
    version: z.string(),
    session: z.string(),
    /** Why a conversation that was to be resumed could not be. */
    lost: z.string().optional(),
    models: z.array(z.object({ id: z.string(), name: z.string(), description: z.string() })),
    prompts: z.array(named),
    tools: z.array(z.string()),
  }),
  line('session', { id: z.string() }),
  line('background', { count: z.int() }),

  // A turn. `turn` is said only where no prompt began it at once.
  line('turn', { prompts: z.array(z.string()) }),
  line('taken', { prompt: z.string() }),
  line('failure', {
    code: z.enum(['INTERNAL_ERROR', 'WORKER_TIMEOUT', 'CONFIG_INVALID', 'NOT_SUPPORTED', 'RATE_LIMITED']),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
  line('end', {
    prompts: z.array(z.string()),
    success: z.boolean(),
    stop: z.enum(['end_turn', 'error', 'interrupted']),
    model: z.string(),
    tools: z.int(),
    /** Milliseconds, measured by the agent. */
    duration: z.int(),
    first_word: z.int().nullable(),
    /** Where the conversation stands: its id, and how many turns it has. Agents that an older gateway left do not say it. */
    session: z.string().optional(),
    turns: z.int().optional(),
  }),

  // Words.
  line('text_start', { id: z.string(), parent }),
  line('text', { id: z.string(), text: z.string(), parent }),
  line('text_end', { id: z.string(), parent }),
  line('whole_text', { id: z.string(), text: z.string() }),
  line('retract', { ids: z.array(z.string()), reason: z.string() }),
  line('thought', { id: z.string(), text: z.string(), parent }),
  line('title', { title: z.string() }),
  line('notice', {
    kind: z.enum(['info', 'retry', 'model']),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
  line('oddity', { kind: z.string(), value: z.unknown() }),

  // Work.
  line('tool', {
    id: z.string(),
    name: z.string(),
    kind: toolKind,
    title: z.string(),
    input: z.record(z.string(), z.unknown()),
    path: z.string().optional(),
    diff: diff.optional(),
    parent,
  }),
  line('tool_output', { id: z.string(), text: z.string(), parent }),
  line('tool_end', {
    id: z.string(),
    output: z.unknown(),
    error: z.string().optional(),
    denied: z.boolean().optional(),
    stopped: z.boolean().optional(),
    diff: diff.optional(),
    parent,
  }),
  line('step', {
    id: z.string(),
    kind: z.enum(['subagent', 'background']),
    name: z.string(),
    status: z.enum(['running', 'completed', 'failed']),
    duration: z.int().optional(),
    parent,
  }),
  line('plan', { entries: z.array(z.object({ id: z.string(), content: z.string(), status })) }),

  // Asking, and taking a request back.
  line('ask_permission', {
    id: z.string(),
    tool: z.string(),
    call: z.string(),
    description: z.string(),
    input: z.record(z.string(), z.unknown()),
    /** It is not remembered for the session, but asked each time. */
    once: z.boolean().optional(),
  }),
  line('ask_question', { id: z.string(), questions: z.array(question) }),
  line('ask_form', {
    id: z.string(),
    server: z.string(),
    message: z.string(),
    schema: z.record(z.string(), z.unknown()),
  }),
  line('withdrawn', { id: z.string() }),

  // Answers to commands.
  line('usage', {
    model: z.string(),
    used: z.int(),
    size: z.int(),
    parts: z.array(z.object({ name: z.string(), words: z.int() })),
  }),
  line('skills', { skills: z.array(named), filter: z.string().optional() }),
  line('servers', { servers: z.array(z.object({ name: z.string(), status: z.string() })) }),
]);

export type DemoLine = z.infer<typeof demoLine>;
export type DemoLineOf<T extends DemoLine['type']> = Extract<DemoLine, { type: T }>;

/** An answer to something the agent asked; `id` is that of the ask. */
export type DemoAnswer =
  | {
      type: 'permission';
      id: string;
      allow: 'once' | 'session' | 'no';
      reason?: string;
      input?: Record<string, unknown>;
    }
  /** `null`: nobody answered. */
  | { type: 'answers'; id: string; answers: Record<string, string | string[]> | null }
  | {
      type: 'form';
      id: string;
      action: 'accept' | 'decline' | 'cancel';
      content?: Record<string, unknown>;
    };

export const demoCommands = ['set_model', 'model', 'context_usage', 'mcp_status', 'skills', 'clear'] as const;
export type DemoCommand = (typeof demoCommands)[number];

/** What comes with a prompt beside its words; `data` is base64. */
export type DemoPart = { type: 'text'; text: string } | { type: 'picture'; media_type: string; data: string };

/** What the agent is told. Only the adapter writes it. */
export type DemoRequest =
  | { type: 'prompt' | 'steer'; id: string; text: string; parts?: readonly DemoPart[] }
  | { type: 'interrupt' }
  | { type: 'command'; command: DemoCommand; value: string }
  | DemoAnswer;
