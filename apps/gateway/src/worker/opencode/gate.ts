import { randomUUID } from 'node:crypto';
import { awaitAnswer } from '../gate/gate-answer.ts';

/**
 * The gateway's plugin of OpenCode, loaded into OpenCode's own process: it asks the gateway about every tool call, also
 * those of sub-agents and of MCP servers. It asks on stdout, which the gateway reads anyway, and is answered by a file.
 * It and what it imports use nothing of the gateway, because they run without it. NOTE: OpenCode takes whatever a plugin
 * exports for a plugin, so this exports nothing else.
 */

/** What the gateway hands over with the plugin's name. */
export type GateSetup = { answers: string; patienceMs?: number };

/** The part of OpenCode's plugin API that is used here (observed with 1.18.33). */
type Hooks = {
  config(config: { permission?: Record<string, unknown> }): Promise<void>;
  'tool.execute.before'(
    call: { tool: string; sessionID: string; callID: string },
    output: { args: Record<string, unknown> },
  ): Promise<void>;
};

/** The rule that forbids everything for as long as this is not loaded; `withGate` puts it in. */
const locked = '**';

export default async function gate(_opencode: unknown, { answers, patienceMs }: GateSetup): Promise<Hooks> {
  return {
    async config({ permission }) {
      if (permission) delete permission[locked];
    },
    // NOTE: whatever is thrown here is told to the model instead of the tool's result.
    async 'tool.execute.before'({ tool, sessionID, callID }, { args: input }) {
      const id = randomUUID();
      const line = JSON.stringify({ type: 'hotplex.check', id, tool, sessionID, callID, input });
      process.stdout.write(`${line}\n`);
      const wait = patienceMs === undefined ? {} : { patienceMs };
      const { allowed, reason } = await awaitAnswer({ folder: answers, id, ...wait });
      if (!allowed) throw new Error(reason ?? 'This was not permitted.');
    },
  };
}
