import { relate } from '../place/relate.ts';

/** What a repository's tools run by themselves: no file tool writes there, whether it exists or not (B5, F5). */
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
];

/** Whether a path is, or lies in, such a place; at any depth, and as file systems that know no case would see it. */
export function isProtectedName(path: string): boolean {
  const names = path.toLowerCase().split('/').filter(Boolean);
  return names.some((_, depth) =>
    protectedNames.some((rule) => ['at', 'inside'].includes(relate(names.slice(depth), rule))),
  );
}
