import { GatewayError } from '../../ground/gateway-error.ts';

/** Characters, as for the name of a session in AEP (rule H6). */
const longest = 128;

/** The id of a chat, which becomes the key of a session. Throws INVALID_MESSAGE. */
export function chatId(id: string): string {
  if (id.length <= longest) return id;
  const message = `the id of a chat has at most ${longest} characters: give it a shorter one`;
  throw new GatewayError('INVALID_MESSAGE', message, { details: { fields: ['id'] } });
}
