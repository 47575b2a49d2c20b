import { errorText } from '@hotplex/ai-sdk-transport';
import { createUIMessageStreamResponse } from 'ai';
import { transport } from '../../../lib/gateway';
import { keyOf } from '../../../lib/visitor';

/** A message, or the answer to a permission request, as the AI SDK's own transport sends it. */
export async function POST(request: Request): Promise<Response> {
  const { id, messages, trigger, messageId } = await request.json();
  const chatId = await keyOf(String(id));
  if (chatId === undefined) return new Response('Come in first.', { status: 401 });
  const message = { chatId, messages, trigger, messageId, abortSignal: request.signal };
  try {
    return createUIMessageStreamResponse({ stream: await transport.sendMessages(message) });
  } catch (error) {
    // The chat shows this text.
    return new Response(errorText(error), { status: 502 });
  }
}
