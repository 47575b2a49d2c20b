import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { sessionConfig } from '@hotplex/aep-protocol';
import type { Adoption } from '../session/adoption.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { jsonAnswer } from './json-answer.ts';
import { likeProtocol } from './like-protocol.ts';
import { refusals } from './refusals.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import { toRequestedConfig } from './requested-config.ts';
import { sessionView, toSessionView } from './session-view.ts';

const type = z.string().min(1).max(64);

const found = z.object({
  id: z.string().describe('The agent’s own.'),
  title: z.string().nullable().describe('From its first prompt.'),
  updated_at: z.iso.datetime(),
  session_id: z.string().nullable().describe('The session of yours that goes on with it already.'),
});

const routes = {
  list: createRoute({
    method: 'get',
    path: '/{type}/conversations',
    request: {
      params: z.object({ type }),
      query: z.object({
        work_dir: z
          .string()
          .min(1)
          .max(4_096)
          .optional()
          .describe('Default: where sessions work by default.'),
      }),
    },
    responses: {
      200: jsonAnswer(
        'What was begun with this agent in a terminal of the gateway’s machine, in one work dir, newest first.',
        z.object({ conversations: z.array(found) }),
      ),
      ...refusals(422),
    },
  }),
  adopt: createRoute({
    method: 'post',
    path: '/{type}/conversations/{conversation}/adopt',
    request: {
      params: z.object({ type, conversation: z.string().min(1).max(128) }),
      body: {
        required: false,
        content: {
          'application/json': { schema: z.object({ config: likeProtocol(sessionConfig).optional() }) },
        },
      },
    },
    responses: {
      201: jsonAnswer(
        'A session that goes on with it and begins with what was said in it; the one that does already, if there is one.',
        sessionView,
      ),
      ...refusals(422, 429),
    },
  }),
};

export type AdoptionApiOptions = { adoption: Adoption };

/** What was begun in a terminal, for sessions to go on with. */
export function createAdoptionApi({ adoption }: AdoptionApiOptions): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid });
  api.openapi(routes.list, async (c) => {
    const { work_dir } = c.req.valid('query');
    const listed = await adoption.list({
      identity: c.get('identity'),
      workerType: c.req.valid('param').type,
      config: work_dir === undefined ? {} : { work_dir },
    });
    const conversations = listed.map(({ id, title, updatedAt, sessionId }) => ({
      ...{ id, title, updated_at: new Date(updatedAt).toISOString(), session_id: sessionId },
    }));
    return c.json({ conversations }, 200);
  });
  api.openapi(routes.adopt, async (c) => {
    const { type: workerType, conversation } = c.req.valid('param');
    const config = toRequestedConfig(c.req.valid('json').config);
    const session = await adoption.adopt(conversation, { identity: c.get('identity'), workerType, config });
    c.set('sessionId', session.record.id);
    return c.json(toSessionView(session), 201);
  });
  return api;
}
