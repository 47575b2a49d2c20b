import { resolve } from 'node:path';
import type { ToolCall } from '../worker.ts';
import type { PermissionRequest } from './messages.ts';

type Input = Record<string, unknown>;

/**
 * What the call behind a request for permission would do, for the policy. NOTE: the request's own patterns are relative
 * to the repository's root, which may not be the work dir; the call's input and the metadata have whole paths.
 */
export function toJudgedCalls(
  { permission, patterns, metadata }: PermissionRequest,
  { input: called, workDir }: { input: Input; workDir: string },
): ToolCall[] {
  const input = { ...metadata, ...called };
  const cwd = resolve(workDir, text(input, 'workdir') ?? '');
  const path = text(input, 'filePath') ?? text(input, 'filepath') ?? text(input, 'path');
  switch (permission) {
    case 'bash':
      return [{ kind: 'command', command: text(input, 'command') ?? patterns.join('\n'), cwd }];
    case 'edit':
      return toPaths(input, path).map((place) => ({ kind: 'write', path: place, cwd: workDir }));
    case 'read':
    case 'lsp':
      return path === undefined ? [] : [{ kind: 'read', path, cwd: workDir }];
    case 'grep':
    case 'glob':
    case 'list':
      return [{ kind: 'read', path: path ?? '.', cwd: workDir }];
    case 'external_directory':
      return toOutside(input, { path, patterns, cwd });
    case 'webfetch': {
      const url = text(input, 'url');
      return url === undefined ? [] : [{ kind: 'url', url }];
    }
    default:
      return [{ kind: 'other', name: permission }];
  }
}

/** A patch changes several files. */
function toPaths({ files }: Input, path: string | undefined): string[] {
  const changed = (Array.isArray(files) ? files : []).flatMap((file: Input | null) => {
    const place = file && (text(file, 'filePath') ?? text(file, 'movePath'));
    return place ? [place] : [];
  });
  return [...new Set([...(path === undefined ? [] : [path]), ...changed])];
}

/** A tool that would leave the work dir: what it does there is asked about next, but for the tools that read. */
function toOutside(
  input: Input,
  { path, patterns, cwd }: { path: string | undefined; patterns: readonly string[]; cwd: string },
): ToolCall[] {
  const command = text(input, 'command');
  if (command !== undefined) return [{ kind: 'command', command, cwd }];
  const places = path === undefined ? patterns.map((pattern) => pattern.replace(/\/\*$/, '')) : [path];
  return places.map((place) => ({ kind: 'read', path: place, cwd }));
}

function text(input: Input, field: string): string | undefined {
  const value = input[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
