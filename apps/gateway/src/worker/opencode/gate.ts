import { randomUUID } from 'node:crypto';
import { awaitAnswer } from '../gate/gate-answer.ts';

/**
 * The gateway's plugin of OpenCode, loaded into OpenCode's own process: it asks the gateway about every tool call, also
 * those of sub-agents and of MCP servers. It asks on stdout, which the gateway reads anyway, and is answered by a file.
 * It and what it imports use nothing of the gateway, because they run without it. NOTE: OpenCode takes whatever a plugin
 * exports for a plugin, so this exports nothing else.
 */

/** What the gateway hands over with the plugin's name. `rules`: the names of the permissions it set, in its order. */
export type GateSetup = { answers: string; rules: readonly string[]; patienceMs?: number };

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

export default async function gate(
  _opencode: unknown,
  { answers, rules, patienceMs }: GateSetup,
): Promise<Hooks> {
  return {
    async config({ permission }) {
      if (!permission) return;
      delete permission[locked];
      // NOTE: the last rule that fits wins, and those merged into the operator's stand wherever theirs stood.
      for (const name of rules) {
        const rule = permission[name];
        delete permission[name];
        permission[name] = rule;
      }
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
