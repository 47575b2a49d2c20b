import type { ErrorCode, LoggedEvent } from '@hotplex/aep-protocol';
import { errorCodes } from '@hotplex/aep-protocol';
import type { Exit } from '../worker/worker.ts';

/** The error event of a code, with the catalogue's word on whether trying again helps. */
export function errorEvent(code: ErrorCode, message: string, details?: Record<string, unknown>): LoggedEvent {
  return {
    type: 'error',
    data: { code, message, retryable: errorCodes[code].retryable, ...(details ? { details } : {}) },
  };
}

function codeOf(exit: Exit): ErrorCode {
  if (exit.reason === 'start-failed') return 'WORKER_START_FAILED';
  if (exit.reason === 'output-limit') return 'WORKER_OUTPUT_LIMIT';
  if (exit.reason === 'memory-limit') return 'WORKER_OOM';
  if (exit.reason === 'disk-full') return 'GATEWAY_OVERLOAD';
  return exit.signal === 'SIGKILL' ? 'PROCESS_SIGKILL' : 'WORKER_CRASH';
}

/** Why a turn was lost with its process, with exit code, signal and the last words on stderr (rule S2). */
export function exitError(exit: Exit): LoggedEvent {
  // How a process ended that an earlier gateway started nobody can tell.
  const how = exit.signal
    ? `was ended by ${exit.signal}`
    : `ended${exit.code === null ? '' : ` with code ${exit.code}`}`;
  const message =
    exit.message ?? `the agent process ${how} in the middle of its work; send the next prompt to resume`;
  return errorEvent(codeOf(exit), message, {
    ...exit.details,
    exit_code: exit.code,
    signal: exit.signal,
    stderr: exit.stderr,
  });
}
