import { z } from 'zod';
import { GatewayError } from '../ground/gateway-error.ts';

const position = z.object({ updatedAt: z.number(), id: z.string() });

/** A place in a list of sessions, opaque to clients. */
export function encodeCursor({ updatedAt, id }: z.infer<typeof position>): string {
  return Buffer.from(JSON.stringify({ updatedAt, id })).toString('base64url');
}

/** Throws INVALID_MESSAGE for text that no list gave out. */
export function decodeCursor(cursor: string): z.infer<typeof position> {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw new GatewayError('INVALID_MESSAGE', 'cursor: take it from next_cursor of the page before', {
      cause,
    });
  }
}
