import { GatewayError } from '../ground/gateway-error.ts';

/** What a write to a session that is not stored throws. */
export function missingSession(sessionId: string): GatewayError {
  return new GatewayError('INTERNAL_ERROR', 'the gateway has lost this session; see its log', {
    cause: new Error(`session ${sessionId} is not stored`),
  });
}
