import type { Engine } from '@hotplex/gateway';
import express from 'express';

type Options = {
  engine: Engine;
  /** Who asks, by your own sign-in; undefined: nobody you know. */
  userOf(request: express.Request): string | undefined;
};

/** `POST /ask?session=` with a prompt as its text answers with what the agent does, as server-sent events. */
export function createApp({ engine, userOf }: Options): express.Express {
  const app = express();
  app.post('/ask', express.text(), async (request, response) => {
    const user = userOf(request);
    if (user === undefined) return void response.sendStatus(401);
    const { session: id } = request.query;
    const session = engine.session({ agent: 'demo', user, ...(typeof id === 'string' && { id }) });
    // Who has gone away hears nothing more; the agent goes on, and the session can be asked again.
    response.on('close', () => session.close());
    const { session_id: opened } = await session.connect();
    response.writeHead(200, { 'content-type': 'text/event-stream', 'x-session': opened });
    for await (const { event } of session.prompt(String(request.body)))
      response.write(`event: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`);
    response.end();
  });
  return app;
}
