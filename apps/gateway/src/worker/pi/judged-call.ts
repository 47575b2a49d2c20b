import type { ToolCall } from '../worker.ts';

type Input = Record<string, unknown>;

/** What a tool of Pi would do, for the policy. Pi runs its commands, and begins its relative paths, in the work dir. */
export function toToolCalls({ name, input }: { name: string; input: Input }, workDir: string): ToolCall[] {
  const path = text(input, 'path');
  switch (name) {
    case 'bash': {
      const command = text(input, 'command');
      return command === undefined ? [] : [{ kind: 'command', command, cwd: workDir }];
    }
    case 'read':
      return path === undefined ? [] : [{ kind: 'read', path, cwd: workDir }];
    case 'grep':
    case 'find':
    case 'ls':
      return [{ kind: 'read', path: path ?? '.', cwd: workDir }];
    case 'write':
    case 'edit':
      return path === undefined ? [] : [{ kind: 'write', path, cwd: workDir }];
    default:
      return [{ kind: 'other', name }];
  }
}

function text(input: Input, field: string): string | undefined {
  const value = input[field];
  return typeof value === 'string' ? value : undefined;
}
