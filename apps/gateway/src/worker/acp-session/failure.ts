import * as z from 'zod';
import type { WorkerEvent } from '../worker.ts';
import type { RpcError } from './messages.ts';

export type Failure = Extract<WorkerEvent, { type: 'error' }>['data'];

/** JSON-RPC code of the protocol for "authentication required". */
export const authRequired = -32_000;

const errorKind = z.looseObject({ errorKind: z.string() });

/**
 * Why a request failed, as a stable code. NOTE: the protocol has no codes for failures of the model. claude-agent-acp
 * tells a kind, the others only words; where the words say nothing the failure is one of the agent.
 */
export function toFailure(error: RpcError, signIn: string): Failure {
  const { code, message, data } = error;
  const kind = errorKind.safeParse(data);
  const said = message.replace(/^Internal error: /, '');
  const words = `${kind.success ? kind.data.errorKind : ''} ${said}`;
  const details = { rpc_code: code, ...(kind.success ? { reason: kind.data.errorKind } : {}) };
  if (code === authRequired || isAboutCredentials(words)) {
    return {
      code: 'UNAUTHORIZED',
      message: `The agent is not signed in, or not rightly: ${said}. ${signIn}`,
      details,
    };
  }
  if (/rate.?limit|\b429\b|too many requests|quota/i.test(words)) {
    return { code: 'RATE_LIMITED', message: said, details };
  }
  if (/billing|credit balance|insufficient (funds|credits)/i.test(words)) {
    return { code: 'BUDGET_EXCEEDED', message: said, details };
  }
  if (/model_not_found|model not found|\b404\b.*model/i.test(words)) {
    return { code: 'CONFIG_INVALID', message: said, details: { ...details, field: 'model' } };
  }
  return { code: 'INTERNAL_ERROR', message: said, details };
}

/** Why a session could not be opened, in words for people. */
export function toWords(error: unknown, signIn: string): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'number') {
    const { code, message } = error;
    return toFailure({ code, message, ...('data' in error ? { data: error.data } : {}) }, signIn).message;
  }
  return error instanceof Error ? error.message : 'the agent gave no reason';
}

function isAboutCredentials(words: string): boolean {
  return /authentication|unauthori[sz]ed|\b40[13]\b|invalid.{0,3}(x-)?api.?key|not (logged|signed) in/i.test(
    words,
  );
}
