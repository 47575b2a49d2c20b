import type { z } from '@hono/zod-openapi';

/** An answer of a route that is JSON of this shape. */
export const jsonAnswer = <T extends z.ZodType>(description: string, schema: T) => ({
  description,
  content: { 'application/json': { schema } },
});
