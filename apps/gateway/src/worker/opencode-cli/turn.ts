import { isAllowed } from '../gate/is-allowed.ts';
import { toFailure } from '../opencode/failure.ts';
import { type GateCheck, toCheck } from '../opencode/gate-check.ts';
import { todoList, toPlan } from '../opencode/plan.ts';
import { toolCall, toolResult } from '../opencode/tool-events.ts';
import type { OpenCodeError } from '../opencode/tool-state.ts';
import { toStopReason, toTurnStats, type Usage } from '../opencode/turn-figures.ts';
import type { Exit, InteractionResponse, WorkerEvent } from '../worker.ts';
import type { CliLine } from './messages.ts';

/** One run of the CLI, as far as its lines have told it. */
export type Turn = {
  inputId: string;
  workDir: string;
  /** The model it was told to use; null leaves the choice to OpenCode, which does not say. */
  model: string | null;
  sessionId: string | undefined;
  /** Whether it said anything that can be understood. */
  begun: boolean;
  error: OpenCodeError | undefined;
  finish: string | null;
  toolCalls: number;
  usages: Usage[];
  /** Calls that wait for a word. */
  checks: GateCheck[];
  /** The ids of calls that were refused. */
  refused: string[];
};

export function newTurn(of: Pick<Turn, 'inputId' | 'workDir' | 'model'>): Turn {
  return {
    ...of,
    ...{ sessionId: undefined, begun: false, error: undefined, finish: null, toolCalls: 0, usages: [] },
    ...{ checks: [], refused: [] },
  };
}

/** What one line means in the protocol's words. Does no I/O; remembers in `turn`. */
export function translateLine(turn: Turn, line: CliLine): WorkerEvent[] {
  if (line.type === 'unknown') return [{ type: 'raw', data: { kind: line.kind, raw: line.raw } }];
  turn.begun = true;
  if (line.type === 'hotplex.check') {
    turn.checks.push(line);
    return [toCheck(line, turn.workDir)];
  }
  const events: WorkerEvent[] = [];
  if (line.sessionID && turn.sessionId !== line.sessionID) {
    turn.sessionId = line.sessionID;
    events.push({ type: 'worker.session', data: { id: line.sessionID } });
  }
  switch (line.type) {
    case 'step_start':
      turn.finish = null;
      return events;
    case 'text': {
      const { id, text: content } = line.part;
      if (content === '') return events;
      return [...events, { type: 'message', data: { id, role: 'assistant', content, content_type: 'text' } }];
    }
    case 'reasoning': {
      const { id, text: content } = line.part;
      return content === '' ? events : [...events, { type: 'reasoning', data: { id, content } }];
    }
    case 'tool_use':
      return [...events, ...translateTool(turn, line.part)];
    case 'step_finish': {
      const { reason, cost, tokens } = line.part;
      turn.finish = reason ?? null;
      if (tokens) turn.usages.push({ tokens, cost: cost ?? null });
      return events;
    }
    case 'error':
      // NOTE: the first one is the cause; a full context tells two.
      turn.error ??= line.error;
      return events;
  }
}

/** A tool is told when it has ended: its call and its result at once. */
function translateTool(turn: Turn, part: Extract<CliLine, { type: 'tool_use' }>['part']): WorkerEvent[] {
  const { state, callID: id } = part;
  if (state.status !== 'completed' && state.status !== 'error') return [];
  turn.toolCalls += 1;
  const call = toolCall(part, { workDir: turn.workDir, parentId: undefined });
  const todos = part.tool === 'todowrite' ? todoList.safeParse(state.input.todos) : undefined;
  const plan = todos?.success && state.status === 'completed' ? [toPlan(todos.data)] : [];
  const denied = turn.refused.includes(id);
  return [call, toolResult({ id, tool: part.tool, state, parentId: undefined, denied }), ...plan];
}

/** Notes the word on a call that waits for one. False if none of this id does. */
export function takeAnswer(turn: Turn, response: InteractionResponse): boolean {
  const check = turn.checks.find(({ id }) => id === response.id);
  if (!check) return false;
  turn.checks.splice(turn.checks.indexOf(check), 1);
  if (!isAllowed(response)) turn.refused.push(check.callID);
  return true;
}

/**
 * How a process ended that an earlier gateway started. Nobody can ask for its exit code, so what it said decides: without
 * its last word it was cut off, and the exit stays as it is.
 */
export function inferCode({ begun, error, finish }: Turn, exit: Exit): Exit {
  if (exit.reason !== 'exited' || exit.code !== null || exit.signal !== null) return exit;
  const hasFailed = error !== undefined || (!begun && plainText(exit.stderr).trim() !== '');
  if (hasFailed) return { ...exit, code: 1 };
  return finish === null || finish === 'tool-calls' ? exit : { ...exit, code: 0 };
}

type Ending = { exit: Exit; interrupted: boolean; durationMs: number };

/** The end of a turn is the end of its process: the error if there is one, then `done`. */
export function finishTurn(turn: Turn, { exit, interrupted, durationMs }: Ending): WorkerEvent[] {
  const error = turn.error ?? (exit.code === 0 ? undefined : toError(exit));
  const failed = error !== undefined && !interrupted;
  const stats = toTurnStats({
    usages: turn.usages,
    ...{ durationMs: Math.round(durationMs), firstTokenMs: null, contextPercent: null },
    ...{ toolCalls: turn.toolCalls, model: turn.model },
    stopReason: interrupted ? 'interrupted' : failed ? 'error' : toStopReason(turn.finish),
  });
  const data = { success: !failed && !interrupted, stats, input_ids: [turn.inputId] };
  return [
    ...(failed ? [{ type: 'error' as const, data: toFailure(error, turn.model) }] : []),
    { type: 'done', data },
  ];
}

/** What the CLI says on stderr where it says no more on stdout: of a wrong model, or of no account. */
function toError({ code, stderr }: Exit): OpenCodeError {
  const words = plainText(stderr)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .at(-1);
  return { name: 'UnknownError', data: { message: words ?? `OpenCode ended with code ${code}` } };
}

/** NOTE: the CLI colours its errors also where nobody sees the colours (ECMA-48, SGR). */
export function plainText(text: string): string {
  return text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '');
}
