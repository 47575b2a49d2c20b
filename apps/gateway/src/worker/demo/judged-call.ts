import type { ToolCall } from '../worker.ts';

/** What a tool of the demo would do if it did anything, for the policy. */
export function toToolCalls(
  { name, input: { command } }: { name: string; input: Record<string, unknown> },
  workDir: string,
): ToolCall[] {
  if (name !== 'Bash') return [{ kind: 'other', name }];
  return typeof command === 'string' ? [{ kind: 'command', command, cwd: workDir }] : [];
}
