import type { ToolCall } from '../worker.ts';

/** What a tool of the demo does, for the policy: files are really edited, commands are only shown. */
export function toToolCalls(
  { name, input: { command, path } }: { name: string; input: Record<string, unknown> },
  workDir: string,
): ToolCall[] {
  switch (name) {
    case 'Bash':
      return typeof command === 'string' ? [{ kind: 'command', command, cwd: workDir }] : [];
    case 'edit_file':
      if (typeof path !== 'string') return [];
      // What was in it is told with the difference.
      return [
        { kind: 'read', path, cwd: workDir },
        { kind: 'write', path, cwd: workDir },
      ];
    default:
      return [{ kind: 'other', name }];
  }
}
