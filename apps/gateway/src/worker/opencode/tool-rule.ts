/** A tool a session may use: by its name, or by its name and what it is asked with, as `bash(git *)`. */
export type ToolRule = { tool: string; pattern: string | undefined };

/** Tools that OpenCode treats as one permission. */
const editTools = new Set(['edit', 'write', 'multiedit', 'patch', 'apply_patch']);

/** The permission that OpenCode asks for a tool. */
export const permissionOf = (tool: string) => (editTools.has(tool) ? 'edit' : tool);

export function toToolRule(text: string): ToolRule {
  const [, tool, pattern] = /^([^()]+)\((.*)\)$/s.exec(text.trim()) ?? [];
  return tool === undefined ? { tool: text.trim(), pattern: undefined } : { tool, pattern };
}

/** The permissions of tools that may not be used, which may hold wildcards: whatever a rule is about, none of its tool runs. */
export function toPermissions(disallowedTools: readonly string[]): string[] {
  const names = disallowedTools.map((text) => toToolRule(text).tool);
  const edits = names.some((name) => [...editTools].some((tool) => toPattern(name).test(tool)));
  return [...new Set([...names.map(permissionOf), ...(edits ? ['edit'] : [])])];
}

/** OpenCode's wildcards: `*` is anything, `?` one character, and `git *` is also `git` alone. */
export function toPattern(wildcard: string): RegExp {
  const escaped = wildcard
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped.replace(/ \.\*$/, '( .*)?')}$`, 's');
}
