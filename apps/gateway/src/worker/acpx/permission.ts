import { GatewayError } from '../../ground/gateway-error.ts';

/** Modes of a CLI that cannot ask: `default` and `dontAsk` are the same, what the agent would ask for is denied. */
export const modes = ['default', 'acceptEdits', 'dontAsk'];

/** The kinds of tool calls in the Agent Client Protocol ("Tool Calls"), by which acpx decides. */
const kinds = [
  ...['read', 'edit', 'delete', 'move', 'search', 'execute', 'think', 'fetch', 'switch_mode', 'other'],
];

export type PermissionOptions = { mode: string; allowedTools: readonly string[] };

/**
 * The flags by which acpx answers the agent's requests. Every kind is named: acpx also compares its rules with the first
 * word of a call's title, which is the model's to choose, and denials come first. Throws CONFIG_INVALID.
 */
export function toPermissionFlags({ mode, allowedTools }: PermissionOptions): string[] {
  const unknown = allowedTools.find((tool) => !kinds.includes(tool));
  if (unknown !== undefined) {
    const message = `allowed_tools takes kinds of tools here, and ${JSON.stringify(unknown.slice(0, 64))} is none: use ${kinds.join(', ')}`;
    throw new GatewayError('CONFIG_INVALID', message, { details: { field: 'allowed_tools' } });
  }
  const allowed = new Set([...allowedTools, ...(mode === 'acceptEdits' ? ['edit'] : [])]);
  const policy = {
    autoApprove: [...allowed],
    autoDeny: kinds.filter((kind) => !allowed.has(kind)),
    defaultAction: 'deny',
  };
  return ['--deny-all', '--non-interactive-permissions=deny', `--policy=${JSON.stringify(policy)}`];
}
