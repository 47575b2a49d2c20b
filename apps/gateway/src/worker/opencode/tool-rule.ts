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

export type Pattern = { test(text: string): boolean };

/**
 * OpenCode's wildcards: `*` is anything, `?` one character, and `git *` is also `git` alone. No regular expression: clients
 * write patterns, agents the text, and both together must not keep the gateway busy.
 */
export function toPattern(wildcard: string): Pattern {
  const alone = wildcard.endsWith(' *') ? wildcard.slice(0, -2) : undefined;
  return {
    test: (text) => isLike(text, wildcard) || (alone !== undefined && isLike(text, alone)),
  };
}

/** Takes as many characters for the last `*` as it needs; never more steps than one text by the other. */
function isLike(text: string, wildcard: string): boolean {
  let [at, next, star, restart] = [0, 0, -1, 0];
  while (at < text.length) {
    const want = wildcard[next];
    if (want === '*') [star, restart, next] = [next, at, next + 1];
    else if (want === '?' || want === text[at]) [at, next] = [at + 1, next + 1];
    else if (star >= 0) [restart, at, next] = [restart + 1, restart + 1, star + 1];
    else return false;
  }
  return /^\**$/.test(wildcard.slice(next));
}
