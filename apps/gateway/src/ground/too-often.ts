import { GatewayError } from './gateway-error.ts';

/** RATE_LIMITED for what comes too often: its words say when it may come again, `retry_after_ms` says it to programs. */
export function tooOften(
  what: string,
  retryAfterMs: number,
  details: Readonly<Record<string, unknown>> = {},
): GatewayError {
  const message = `${what}: try again in ${Math.ceil(retryAfterMs / 1_000)} s`;
  return new GatewayError('RATE_LIMITED', message, { details: { ...details, retry_after_ms: retryAfterMs } });
}
