import { createUIMessageStreamResponse } from 'ai';
import { transport } from '../../../../../lib/gateway';
import { keyOf } from '../../../../../lib/visitor';

type Context = { params: Promise<{ id: string }> };

/** The running turn from its start, for a page that was loaded anew; 204 if there is none. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const chatId = await keyOf((await params).id);
  if (chatId === undefined) return new Response('Come in first.', { status: 401 });
  await transport.connect(chatId);
  const stream = await transport.reconnectToStream({ chatId, abortSignal: request.signal });
  return stream ? createUIMessageStreamResponse({ stream }) : new Response(null, { status: 204 });
}
