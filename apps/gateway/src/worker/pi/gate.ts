import type { PiExtensionApi } from './gate-api.ts';
import { isInside } from './gate-path.ts';
import { askUser } from './gate-question.ts';

/**
 * The gateway's extension of Pi, loaded into Pi's own process with `--extension`. Pi never asks before it acts; this
 * makes it ask the gateway about every tool call, and hands it what must not stand among its arguments.
 * It and the files it imports (`gate-*.ts`) use nothing of the gateway, because they run without it.
 */

/** What the gateway gives the extension, as JSON in the variable `setupVariable`. */
export type GateSetup = {
  systemPrompt?: string;
  /** By name, in the shape of Pi's own `mcp.json`. */
  mcpServers?: Record<string, Record<string, unknown>>;
};
export const setupVariable = 'PI_GATE_SETUP';

/** What the gateway answers, as JSON. Anything else denies. */
export type GateAnswer = { allowed: boolean; reason?: string; input?: Record<string, unknown> };

export default function gate(pi: PiExtensionApi): void {
  const { systemPrompt, mcpServers = {} } = takeSetup();

  // NOTE: an error in this handler blocks the call too.
  pi.on('tool_call', async ({ toolCallId, toolName: tool, input }, { cwd, signal, ui }) => {
    const inside = isInside(cwd, input.path);
    const request = JSON.stringify({ kind: 'permission', toolCallId, tool, input, inside });
    // NOTE: without the signal an abort would wait for the answer.
    const answer = parseAnswer(await ui.select(request, [], { signal }));
    if (!answer.allowed) return { block: true, reason: answer.reason ?? 'This was not permitted.' };
    if (answer.input) {
      for (const name of Object.keys(input)) delete input[name];
      Object.assign(input, answer.input);
    }
    return undefined;
  });

  pi.registerTool(askUser);
  if (systemPrompt !== undefined) {
    pi.on('before_agent_start', (event) => ({ systemPrompt: `${event.systemPrompt}\n\n${systemPrompt}` }));
  }
  for (const [name, config] of Object.entries(mcpServers)) {
    if (!pi.registerMcpServer) throw new Error('this version of Pi has no MCP servers; 1.0 or newer has');
    pi.registerMcpServer(name, { exposure: 'direct', ...config });
  }
}

/** NOTE: Pi loads its extensions anew for every new conversation of the process, each time as a module of its own. */
const memory = globalThis as { [setupVariable]?: string };

/** Takes the variable away, so that the commands the agent runs do not inherit it. */
function takeSetup(): GateSetup {
  memory[setupVariable] ??= process.env[setupVariable] ?? '{}';
  delete process.env[setupVariable];
  return JSON.parse(memory[setupVariable]) as GateSetup;
}

function parseAnswer(text: string | undefined): GateAnswer {
  try {
    const answer = JSON.parse(text ?? '') as GateAnswer | null;
    return answer?.allowed === true || answer?.allowed === false ? answer : { allowed: false };
  } catch {
    return { allowed: false };
  }
}
