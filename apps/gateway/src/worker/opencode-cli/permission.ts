import { GatewayError } from '../../ground/gateway-error.ts';
import { permissionOf, toPermissions, toToolRule } from '../opencode/tool-rule.ts';

/** Modes of a CLI that cannot ask: `default` and `dontAsk` are the same, what would be asked is denied. */
export const modes = ['default', 'acceptEdits', 'plan', 'dontAsk'];

type Rules = Record<string, string | Record<string, string>>;

/** What takes more than looking at the work dir. `*_*` are the tools of MCP servers. */
const risky = [
  ...['*_*', 'bash', 'edit', 'webfetch', 'websearch', 'codesearch', 'external_directory', 'doom_loop'],
  // They switch the agent, and ask a person who is not there.
  ...['plan_enter', 'plan_exit', 'question'],
];
/** OpenCode's schema has no patterns for the others. */
const takesPatterns = new Set(['bash', 'edit', 'external_directory']);

export type PermissionOptions = {
  mode: string;
  allowedTools: readonly string[];
  disallowedTools: readonly string[];
};

/**
 * The value of OPENCODE_PERMISSION, merged last over the operator's own configuration: nothing that changes anything is
 * allowed unless the mode or a named tool says so. Throws CONFIG_INVALID.
 */
export function toPermission({ mode, allowedTools, disallowedTools }: PermissionOptions): Rules {
  const base = mode === 'bypassPermissions' ? 'allow' : 'deny';
  const rules: Rules = Object.fromEntries(risky.map((permission) => [permission, base]));
  for (const name of ['plan_enter', 'plan_exit', 'question']) rules[name] = 'deny';
  if (mode === 'acceptEdits') rules.edit = 'allow';
  for (const { tool, pattern } of allowedTools.map(toToolRule)) allow(rules, permissionOf(tool), pattern);
  const forbidden = [...(mode === 'plan' ? ['edit'] : []), ...toPermissions(disallowedTools)];
  for (const permission of forbidden) {
    // NOTE: the last rule that fits wins, so that one for `*` must not stand behind these.
    delete rules[permission];
    rules[permission] = 'deny';
  }
  return rules;
}

function allow(rules: Rules, permission: string, pattern: string | undefined): void {
  if (pattern === undefined) rules[permission] = 'allow';
  else if (!takesPatterns.has(permission)) {
    const message = `${permission} takes no pattern: write allowed_tools ${JSON.stringify(permission)}`;
    throw new GatewayError('CONFIG_INVALID', message, { details: { field: 'allowed_tools' } });
  } else {
    const current = rules[permission] ?? 'deny';
    if (current === 'allow') return;
    rules[permission] = {
      ...(typeof current === 'string' ? { '*': current } : current),
      [pattern]: 'allow',
    };
  }
}
