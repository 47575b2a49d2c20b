import { resolve } from 'node:path';
import type { ToolCall } from '../worker.ts';

type Input = Record<string, unknown>;

/** What a tool of OpenCode 1.18 would do, for the policy. Empty if the call does not say. */
export function toToolCalls({ name, input }: { name: string; input: Input }, workDir: string): ToolCall[] {
  const path = text(input, 'filePath') ?? text(input, 'path');
  const at = (kind: 'read' | 'write', place: string): ToolCall => ({ kind, path: place, cwd: workDir });
  switch (name) {
    case 'bash': {
      const command = text(input, 'command');
      const cwd = resolve(workDir, text(input, 'workdir') ?? '');
      return command === undefined ? [] : [{ kind: 'command', command, cwd }];
    }
    case 'read':
    case 'lsp':
      return path === undefined ? [] : [at('read', path)];
    case 'grep':
    case 'glob':
    case 'list':
      return [at('read', path ?? '.')];
    case 'write':
    case 'edit':
    case 'multiedit':
      return path === undefined ? [] : [at('write', path)];
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

/** The files that a patch of this form names, those it deletes and moves to among them. */
function toPatched(patch: string): string[] {
  const headers = patch.matchAll(/^\*\*\* (?:(?:Add|Update|Delete) File|Move to):(.*)$/gm);
  return [...new Set([...headers].map(([, place = '']) => place.trim()))];
}

/** A field of a call's input; undefined if it is no words. */
export function text(input: Input, field: string): string | undefined {
  const value = input[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
