import { resolve } from 'node:path';
import type { ToolCall } from '../worker.ts';

type Input = Record<string, unknown>;

/** What a tool of OpenCode 1.18 would do, for the policy. Empty if the call does not say. */
export function toToolCalls({ name, input }: { name: string; input: Input }, workDir: string): ToolCall[] {
  const file = text(input, 'filePath');
  const at = (kind: 'read' | 'write', place: string): ToolCall => ({ kind, path: place, cwd: workDir });
  switch (name) {
    case 'bash': {
      const command = text(input, 'command');
      const cwd = resolve(workDir, text(input, 'workdir') ?? '');
      return command === undefined ? [] : [{ kind: 'command', command, cwd }];
    }
    case 'read':
    case 'lsp':
      return file === undefined ? [] : [at('read', file)];
    case 'grep':
    case 'glob':
    case 'list':
      return [at('read', text(input, 'path') ?? '.')];
    case 'write':
    case 'edit':
    case 'multiedit':
      return file === undefined ? [] : [at('write', file)];
    case 'patch':
    case 'apply_patch':
      return toPatched(text(input, 'patchText') ?? '').map((place) => at('write', place));
    case 'webfetch': {
      const url = text(input, 'url');
      return url === undefined ? [] : [{ kind: 'url', url }];
    }
    default:
      return [{ kind: 'other', name }];
  }
}

const headers = ['*** Add File:', '*** Update File:', '*** Delete File:', '*** Move to:'];

/** The files that a patch names, those it deletes and moves to among them; read as OpenCode reads it, whose lines end at \n alone. */
function toPatched(patch: string): string[] {
  const places = patch.split('\n').flatMap((line) => {
    const header = headers.find((each) => line.startsWith(each));
    return header === undefined ? [] : [line.slice(header.length).trim()];
  });
  return [...new Set(places)];
}

/** A field of a call's input; undefined if it is no words. */
export function text(input: Input, field: string): string | undefined {
  const value = input[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
