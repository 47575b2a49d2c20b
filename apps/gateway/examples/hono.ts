import { AepError, type Engine } from '@hotplex/gateway';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';

type Options = {
  engine: Engine;
  /** Who asks, by your own sign-in; undefined: nobody you know. */
  userOf(request: Request): string | undefined;
};

/** `POST /ask?session=` with a prompt as its text answers with what the agent does, as server-sent events. */
export function createApp({ engine, userOf }: Options): Hono {
  const app = new Hono();
  app.post('/ask', async (context) => {
    const user = userOf(context.req.raw);
    if (user === undefined) return context.text('Sign in first.', 401);
    const prompt = await context.req.text();
    const session = engine.session({ agent: 'demo', user, id: context.req.query('session') });
    const { session_id: id } = await session.connect();
    context.header('x-session', id);
    return streamSSE(context, async (stream) => {
      // Who has gone away hears nothing more; the agent goes on, and the session can be asked again.
      stream.onAbort(() => session.close());
      for await (const { event } of session.prompt(prompt))
        await stream.writeSSE({ event: event.type, data: JSON.stringify(event.data) });
      session.close();
    });
  });
  app.onError((error, context) =>
    error instanceof AepError ? context.text(error.message, 400) : context.text('It failed.', 500),
  );
  return app;
}
