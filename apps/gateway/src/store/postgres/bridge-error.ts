import type { BridgeFailure } from './bridge-messages.ts';

/** What went wrong on the worker's side, in a form that crosses to the main thread. */
export class BridgeError extends Error {
  readonly kind: BridgeFailure['kind'];

  constructor(kind: BridgeFailure['kind'], message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}

/** SQLSTATE of PostgreSQL, or a code of the operating system. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Whether PostgreSQL itself said so, and so has undone the transaction: what it says has a severity. */
export function isFromServer(error: unknown): boolean {
  return error instanceof Error && 'severity' in error;
}

export function toBridgeFailure(error: unknown): BridgeFailure {
  const kind = error instanceof BridgeError ? error.kind : 'refused';
  const cause = error instanceof BridgeError ? (error.cause ?? error) : error;
  return { kind, code: codeOf(cause), message: cause instanceof Error ? cause.message : String(cause) };
}
