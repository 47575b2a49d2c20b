import type { EngineSession } from '@hotplex/gateway';
import { openEngine } from '../../../lib/engine.ts';

/** Agents are processes: this route is not for the edge. */
export const runtime = 'nodejs';

/** `POST /api/ask?session=` with a prompt as its text answers with what the agent does, as server-sent events. */
export async function POST(request: Request): Promise<Response> {
  const engine = await openEngine();
  const id = new URL(request.url).searchParams.get('session') ?? undefined;
  // Say here who asks, as your own sign-in knows it: `user` is whose session it is.
  const session = engine.session({ agent: 'demo', user: 'local', id });
  const { session_id: opened } = await session.connect();
  const body = ReadableStream.from(events(session, await request.text()));
  const headers = { 'content-type': 'text/event-stream', 'x-session': opened };
  return new Response(body.pipeThrough(new TextEncoderStream()), { headers });
}

/** Ends with the turn, or when nobody reads any more; the agent goes on then. */
async function* events(session: EngineSession, prompt: string): AsyncGenerator<string> {
  try {
    for await (const { event } of session.prompt(prompt))
      yield `event: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`;
  } finally {
    session.close();
  }
}
