/** The part of Pi's extension API that the gateway's extension uses (Pi 0.87 to 1.5, docs/extensions.md). */
export type PiExtensionApi = {
  on(
    event: 'tool_call',
    handler: (call: ToolCall, context: PiContext) => Promise<{ block: true; reason: string } | undefined>,
  ): void;
  on(
    event: 'before_agent_start',
    handler: (event: { systemPrompt: string }) => { systemPrompt: string } | undefined,
  ): void;
  registerTool(tool: PiTool): void;
  /** Absent before 1.0. */
  registerMcpServer?(name: string, config: Record<string, unknown>): void;
};

type ToolCall = { toolCallId: string; toolName: string; input: Record<string, unknown> };

export type PiContext = {
  cwd: string;
  signal?: AbortSignal;
  ui: {
    /** NOTE: in RPC mode what comes back is whatever the client answers, one of the options or not. */
    select(title: string, options: string[], more: { signal?: AbortSignal }): Promise<string | undefined>;
  };
};

export type PiTool = {
  name: string;
  label: string;
  description: string;
  /** A JSON Schema. */
  parameters: Record<string, unknown>;
  execute(
    toolCallId: string,
    input: Record<string, unknown>,
    signal: AbortSignal | undefined,
    onUpdate: unknown,
    context: PiContext,
  ): Promise<{ content: { type: 'text'; text: string }[]; details: Record<string, unknown> }>;
};
