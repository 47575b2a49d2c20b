import type { z } from 'zod';
import { GatewayError } from '../ground/gateway-error.ts';

/** A place in a list, opaque to clients. */
export function encodeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Throws INVALID_MESSAGE for text that no list of this kind gave out. */
export function decodeCursor<Place>(cursor: string, schema: z.ZodType<Place>): Place {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw new GatewayError('INVALID_MESSAGE', 'cursor: take it from next_cursor of the page before', {
      cause,
    });
  }
}
