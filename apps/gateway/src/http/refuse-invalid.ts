import type { z } from '@hono/zod-openapi';
import { GatewayError } from '../ground/gateway-error.ts';

/** A request of the wrong shape is answered like a frame of the wrong shape: every wrong field is named. */
export function refuseInvalid(result: { success: true } | { success: false; error: z.ZodError }): void {
  if (result.success) return;
  const fields = result.error.issues.map(({ path, message }) => ({
    field: path.join('.'),
    problem: message,
  }));
  const message = fields.map(({ field, problem }) => `${field || 'the body'}: ${problem}`).join('; ');
  throw new GatewayError('INVALID_MESSAGE', message, { details: { fields } });
}
