import { text, toToolCalls } from '../opencode/judged-call.ts';
import type { ToolCall } from '../worker.ts';
import type { PermissionRequest } from './messages.ts';

type Input = Record<string, unknown>;

/**
 * What the call behind a request for permission would do, for the policy. A permission has the name of its tool, but for
 * those that several tools share. NOTE: the request's own patterns are relative to the repository's root, which may not be
 * the work dir; the call's input and the metadata have whole paths.
 */
export function toJudgedCalls(
  { permission, patterns, metadata }: PermissionRequest,
  { input: called, workDir }: { input: Input; workDir: string },
): ToolCall[] {
  const named = { ...metadata, ...called };
  const path = text(named, 'filePath') ?? text(named, 'filepath') ?? text(named, 'path');
  const input = { ...named, filePath: path };
  switch (permission) {
    case 'bash': {
      const command = text(input, 'command') ?? patterns.join('\n');
      return toToolCalls({ name: 'bash', input: { ...input, command } }, workDir);
    }
    case 'edit':
      return toPaths(input, path).map((place) => ({ kind: 'write', path: place, cwd: workDir }));
    case 'external_directory':
      return toOutside(input, { path, patterns, workDir });
    default:
      return toToolCalls({ name: permission, input }, workDir);
  }
}

/** A patch changes several files, and may move them. */
function toPaths({ files }: Input, path: string | undefined): string[] {
  const changed = (Array.isArray(files) ? files : []).flatMap((file: Input | null) =>
    file ? [text(file, 'filePath'), text(file, 'movePath')] : [],
  );
  return [...new Set([path, ...changed])].filter((place) => place !== undefined);
}

/** A tool that would leave the work dir: what it does there is asked about next, but for the tools that read. */
function toOutside(
  input: Input,
  { path, patterns, workDir }: { path: string | undefined; patterns: readonly string[]; workDir: string },
): ToolCall[] {
  if (text(input, 'command') !== undefined) return toToolCalls({ name: 'bash', input }, workDir);
  const places = path === undefined ? patterns.map((pattern) => pattern.replace(/\/\*$/, '')) : [path];
  return places.map((place) => ({ kind: 'read', path: place, cwd: workDir }));
}
