import { expect, test } from 'vitest';
import { isGuardedName } from '../../../src/process/sandbox/guarded-names.ts';

test.for([
  ['.mcp.json', true],
  ['.MCP.json', true],
  ['.mcp.json.bak', false],
  ['src/.mcp.json', false],
  ['.claude', true],
  ['.claude/hooks/run.sh', true],
  ['.claude/notes.md', false],
] as const)('[B5] %s is guarded: %s', ([path, guarded]) => {
  expect(isGuardedName(path, ['.mcp.json', '.claude/hooks/'])).toBe(guarded);
});
