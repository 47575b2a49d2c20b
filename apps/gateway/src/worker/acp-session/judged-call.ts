import * as z from 'zod';
import type { ToolCall as JudgedCall } from '../worker.ts';
import type { ToolCall } from './messages.ts';
import { toName } from './tool-view.ts';

const text = z.string().optional().catch(undefined);
/** NOTE: the protocol leaves the input to the agents; these are the names that they give to what matters here. */
const rawInput = z
  .looseObject({
    command: z
      .union([z.string(), z.array(z.string())])
      .optional()
      .catch(undefined),
    ...{ cwd: text, workdir: text, url: text, path: text, file_path: text, filePath: text },
  })
  .catch({});

/** What an agent's call would do, as far as the agent says, for the policy. */
export function toJudgedCalls(call: ToolCall, workDir: string): JudgedCall[] {
  const { command, url, path, file_path, filePath, ...folder } = rawInput.parse(call.rawInput ?? {});
  const cwd = folder.cwd ?? folder.workdir ?? workDir;
  const named = [path, file_path, filePath].filter((place) => place !== undefined);
  const shown = [
    ...(call.locations ?? []).map((location) => location.path),
    ...(call.content ?? []).flatMap((part) => (part.type === 'diff' ? [part.path] : [])),
  ];
  const calls = [
    ...(command === undefined ? [] : [{ kind: 'command' as const, command: toLine(command), cwd }]),
    ...(url === undefined ? [] : [{ kind: 'url' as const, url }]),
    ...[...new Set([...named, ...shown])].flatMap((place): JudgedCall[] => toFileCall(call, place, cwd)),
  ];
  return calls.length > 0 ? calls : [{ kind: 'other', name: toName(call) }];
}

/** A command and its arguments as the line that a shell would make the same of. */
export function toLine(command: string | readonly string[]): string {
  if (typeof command === 'string') return command;
  return command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
}

/** A tool of which nobody knows what it does with a file is taken to write it. */
function toFileCall({ kind }: ToolCall, path: string, cwd: string): JudgedCall[] {
  if (kind === 'execute') return [];
  if (kind === 'read' || kind === 'search') return [{ kind: 'read', path, cwd }];
  return [{ kind: kind === 'delete' ? 'delete' : 'write', path, cwd }];
}
