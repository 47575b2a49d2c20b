import type { Context } from 'hono';
import type { z } from 'zod';
import { GatewayError } from '../../ground/gateway-error.ts';
import { refuseInvalid } from '../refuse-invalid.ts';

/** The body of a request, in its shape; none at all is an empty one. Throws INVALID_MESSAGE naming the fields. */
export async function readBody<T extends z.ZodType>(c: Context, shape: T): Promise<z.output<T>> {
  const text = await c.req.text();
  const result = shape.safeParse(text === '' ? {} : parse(text));
  refuseInvalid(result);
  return result.data as z.output<T>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new GatewayError('INVALID_MESSAGE', 'the body is not JSON', { cause });
  }
}
