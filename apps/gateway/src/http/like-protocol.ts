import { z } from '@hono/zod-openapi';

/** An object that the protocol has a schema of: described by that, and parsed by whoever needs to know. */
export function likeProtocol(schema: z.core.$ZodType) {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io: 'input' });
  return z.record(z.string(), z.unknown()).openapi(shape as object);
}
