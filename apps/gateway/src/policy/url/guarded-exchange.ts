import { buffer } from 'node:stream/consumers';
import { GatewayError } from '../../ground/gateway-error.ts';
import { askVetted, type VettedRequest } from './ask-vetted.ts';
import type { DialRules } from './dial-targets.ts';
import { fetchFailure } from './fetch-failure.ts';

export type Exchanged = { status: number; headers: Record<string, string>; body: Buffer };

/** Throws POLICY_DENIED for an address that must not be asked, INVALID_MESSAGE for one that gives nothing. */
export type GuardedExchange = (url: string, request: VettedRequest) => Promise<Exchanged>;

const mostBytes = 1_048_576;

/**
 * Asks a service that somebody else named, and takes its whole answer of at most 1 MiB: vetted and dialled like what is
 * fetched for clients, and led nowhere else (U1 to U5).
 */
export function createGuardedExchange(rules: DialRules): GuardedExchange {
  return async (url, request) => {
    const { message } = await askVetted(url, rules, request);
    let bytes = 0;
    message.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostBytes) message.destroy(fetchFailure(`it answers with more than ${mostBytes} bytes`));
    });
    const body = await buffer(message).catch((error: unknown) => {
      throw error instanceof GatewayError ? error : (request.signal.reason ?? fetchFailure('it broke off'));
    });
    const headers = Object.entries(message.headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    );
    return { status: message.statusCode ?? 0, headers: Object.fromEntries(headers), body };
  };
}
