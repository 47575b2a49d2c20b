import type { ToolCall } from '../acp-session/messages.ts';
import type { Purpose } from './purpose.ts';

/** What a person who allows this call allows the agent to do through us. */
export function toAllowed({ kind, locations, content, rawInput }: ToolCall): {
  writes: string[];
  command?: string;
} {
  const isCommand = kind === 'execute' && rawInput && typeof rawInput === 'object' && 'command' in rawInput;
  if (isCommand && typeof rawInput.command === 'string') return { writes: [], command: rawInput.command };
  if (kind !== 'edit') return { writes: [] };
  const changed = (content ?? []).flatMap((part) => (part.type === 'diff' ? [part.path] : []));
  return { writes: [...(locations ?? []).map(({ path }) => path), ...changed] };
}

type OwnPurpose<K extends Purpose['is']> = Extract<Purpose, { is: K }>;

/** The command as one line, by which it is known again. */
export function toLine({ command: { command, args } }: OwnPurpose<'terminal'>): string {
  return [command, ...(args ?? [])].join(' ');
}

/** What was to be done, for people. */
export function toWords(purpose: OwnPurpose<'read' | 'write' | 'terminal'>): string {
  if (purpose.is === 'terminal') return 'running the command';
  return purpose.is === 'write' ? `writing ${purpose.write.path}` : `reading ${purpose.params.path}`;
}

/** The call that a person is shown, and the policy judges, for something that the agent has us do. */
export function toCall(
  purpose: OwnPurpose<'read' | 'write' | 'terminal'>,
  workDir: string,
): Omit<ToolCall, 'toolCallId'> {
  if (purpose.is === 'terminal') {
    const { command, args, cwd } = purpose.command;
    // Words that need no shell are judged as such: one of them may look like a line.
    const judged = args?.length ? [command, ...args] : command;
    const rawInput = { command: judged, cwd: cwd ?? workDir };
    return { kind: 'execute', name: 'terminal', title: toLine(purpose), rawInput };
  }
  if (purpose.is === 'read') {
    const { path } = purpose.params;
    return { kind: 'read', name: 'read_text_file', title: `Read ${path}`, rawInput: { path } };
  }
  const { path, content } = purpose.write;
  return {
    kind: 'edit',
    name: 'write_text_file',
    title: `Write ${path}`,
    rawInput: { path, content },
    content: [{ type: 'diff', path, oldText: null, newText: content }],
    locations: [{ path }],
  };
}
