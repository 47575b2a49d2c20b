import type { ServerData } from '@hotplex/aep-protocol';
import type { AepUIMessage } from './aep-ui-message.ts';

/** A logged prompt as a user message. Its id is the input's, so that the sender's own message is the same one. */
export function toUserMessage(
  { input_id: id, content, author }: ServerData<'input'>,
  createdAt: number,
): AepUIMessage {
  return { id, role: 'user', parts: [{ type: 'text', text: content }], metadata: { author, createdAt } };
}
