import { type Context, Hono } from 'hono';
import type { ApiEnvironment } from '../api-environment.ts';
import { isStillWelcome } from '../still-welcome.ts';
import { basicCredential } from './basic-credential.ts';
import { directoryOf } from './directory-of.ts';
import type { OpenCodeOptions } from './opencode-options.ts';
import { type EventForm, OpenCodeStream } from './opencode-stream.ts';

type EventRoutesOptions = Pick<
  OpenCodeOptions,
  'told' | 'audience' | 'limits' | 'authenticate' | 'apiKeyHeader' | 'clock' | 'ids' | 'stopping'
>;

/** What happens, as server-sent events: of one work dir or, at `/global/event`, of all, with its work dir. */
export function createEventRoutes(options: EventRoutesOptions): Hono<ApiEnvironment> {
  const app = new Hono<ApiEnvironment>();
  app.get('/event', (c) => stream(c, options, { form: (event) => event, directory: directoryOf(c) }));
  app.get('/global/event', (c) =>
    stream(c, options, {
      form: (payload, directory) => (directory === undefined ? { payload } : { directory, payload }),
      directory: undefined,
    }),
  );
  return app;
}

function stream(
  c: Context<ApiEnvironment>,
  { authenticate, apiKeyHeader, limits, ...options }: EventRoutesOptions,
  wish: { form: EventForm; directory: string | undefined },
): Response {
  const headers = { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' };
  // Its answer has no body that anybody would end.
  if (c.req.method === 'HEAD') return c.body(null, 200, headers);
  const identity = c.get('identity');
  const { incoming } = c.env;
  const leave = limits.connect(identity);
  const { body } = new OpenCodeStream({
    ...{ ...options, ...wish, identity, onClose: leave },
    isWelcome: async () =>
      isStillWelcome({ authenticate, incoming, credential: basicCredential(incoming.headers, apiKeyHeader) }),
  });
  return c.body(body, 200, headers);
}
