import { relate } from '../place/relate.ts';

/**
 * What a repository's tools run by themselves, without asking: no file tool writes there, whether it exists or not (B5, F5).
 * Instructions, commands and skills of agents, and what its tool asks a person about first, are asked about (C5).
 */
const protectedNames: readonly (readonly string[])[] = [
  ...[
    ['.git', 'hooks'],
    ['.git', 'config'],
    ['.git', 'config.worktree'],
    ['.git', 'info', 'attributes'],
  ],
  ...[
    ['.git', 'modules', '**'],
    ['.git', 'worktrees', '*', 'config.worktree'],
    ['.git', 'commondir'],
  ],
  ...[['.claude', 'settings*.json'], ['.claude', 'hooks'], ['.mcp.json'], ['.githooks'], ['.husky']],
  ...[['opencode.json'], ['opencode.jsonc'], ['.opencode', 'plugin*'], ['.opencode', 'tool*']],
  ...[
    ['.pi', 'extensions'],
    ['.pi', 'settings.json'],
    ['.codex', 'config.toml'],
    ['.codex', 'hooks.json'],
  ],
  ...[
    ['.cursor', 'mcp.json'],
    ['.cursor', 'hooks.json'],
    ['.gemini', 'settings.json'],
    ['.gemini', 'extensions'],
    ['.gemini', '.env'],
  ],
];

/** Whether a path is, or lies in, such a place; at any depth, and as file systems that know no case would see it. */
export function isProtectedName(path: string): boolean {
  const names = path.toLowerCase().split('/').filter(Boolean);
  return names.some((_, depth) =>
    protectedNames.some((rule) => ['at', 'inside'].includes(relate(names.slice(depth), rule))),
  );
}
