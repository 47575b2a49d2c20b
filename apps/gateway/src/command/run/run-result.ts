import type { ServerData } from '@hotplex/aep-protocol';
import type { TurnResult } from '@hotplex/client-sdk';

/** Why a run ended before its turn did. */
export type Ending = 'timeout' | 'interrupted' | 'unanswered';

/** What came of a run, with the names that programs read. */
export type RunResult = {
  ok: boolean;
  session_id: string;
  turn_id: string | null;
  agent: string;
  text: string;
  stop_reason: string | null;
  /** What the agent wanted to use and was not allowed to, by us. */
  denied: string[];
  /** What it asked and nobody answered. */
  waits_for: string | null;
  error: { code: string; message: string } | null;
  stats: ServerData<'done'>['stats'] | null;
};

/** As the documentation of the command has it. */
export function exitCodeOf(result: RunResult, ending: Ending | undefined): number {
  if (ending === 'timeout') return 124;
  if (ending === 'interrupted') return 130;
  if (ending === 'unanswered' || result.denied.length > 0) return 3;
  return result.ok ? 0 : 1;
}

/** What is told of a turn that has ended, or was left. */
export function toRunResult(
  turn: Pick<TurnResult, 'success' | 'text' | 'error' | 'stats' | 'stopReason'> | undefined,
  about: Pick<RunResult, 'session_id' | 'turn_id' | 'agent' | 'denied' | 'waits_for'>,
): RunResult {
  const { success = false, text = '', error = null, stats, stopReason = null } = turn ?? {};
  return {
    ok: success,
    ...about,
    text,
    stop_reason: stopReason,
    error: error && { code: error.code, message: error.message },
    stats: stats ?? null,
  };
}
