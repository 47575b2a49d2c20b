import { expect } from 'vitest';
import { GatewayError } from '../../../src/ground/gateway-error.ts';

/** Every call of `work` throws a GatewayError that blames the gateway, not the caller. */
export function expectInternalError(work: () => unknown): void {
  expect(work).toThrow(GatewayError);
  expect(work).toThrow(expect.objectContaining({ code: 'INTERNAL_ERROR' }));
}
