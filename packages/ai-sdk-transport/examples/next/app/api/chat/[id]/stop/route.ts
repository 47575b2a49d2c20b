import { transport } from '../../../../../lib/gateway';
import { keyOf } from '../../../../../lib/visitor';

type Context = { params: Promise<{ id: string }> };

/** Stops the agent. A page that goes away only stops listening: the agent goes on. */
export async function POST(_request: Request, { params }: Context): Promise<Response> {
  const chatId = await keyOf((await params).id);
  if (chatId === undefined) return new Response('Come in first.', { status: 401 });
  await transport.interrupt(chatId);
  return new Response(null, { status: 204 });
}
