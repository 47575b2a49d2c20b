/** A tool's name for people: `mcp__tickets__create` of Claude Code becomes `tickets · create`. */
export function plainToolName(name: string): string {
  const [prefix, server, ...tool] = name.split('__');
  return prefix === 'mcp' && server && tool.length > 0 ? `${server} · ${tool.join('__')}` : name;
}
