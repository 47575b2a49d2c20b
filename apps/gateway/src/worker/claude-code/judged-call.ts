import { isAbsolute } from 'node:path';
import type { ToolCall } from '../worker.ts';

type Input = Record<string, unknown>;

/** What a tool of Claude Code 2.1 would do, for the policy. `cwd`: the folder its shell is in, absolute. */
export function toToolCalls({ name, input }: { name: string; input: Input }, cwd: string): ToolCall[] {
  const path = text(input, 'file_path') ?? text(input, 'notebook_path') ?? text(input, 'path');
  switch (name) {
    case 'Bash':
    case 'Monitor': {
      const command = text(input, 'command');
      return command === undefined ? [] : [{ kind: 'command', command, cwd }];
    }
    case 'Read':
    case 'NotebookRead':
    case 'LS':
      return path === undefined ? [] : [{ kind: 'read', path, cwd }];
    case 'Grep':
      return [{ kind: 'read', path: path ?? '.', cwd }];
    case 'Glob': {
      // A pattern may name a folder of its own.
      const pattern = text(input, 'pattern') ?? '';
      const elsewhere = isAbsolute(pattern) || pattern.startsWith('~');
      return [path ?? '.', ...(elsewhere ? [pattern] : [])].map((place) => ({
        ...{ kind: 'read', path: place, cwd },
      }));
    }
    case 'Write':
    case 'Edit':
    case 'MultiEdit':
    case 'NotebookEdit':
      return path === undefined ? [] : [{ kind: 'write', path, cwd }];
    case 'WebFetch': {
      const url = text(input, 'url');
      return url === undefined ? [] : [{ kind: 'url', url }];
    }
    default:
      return [{ kind: 'other', name }];
  }
}

function text(input: Input, field: string): string | undefined {
  const value = input[field];
  return typeof value === 'string' ? value : undefined;
}
