import { Hono } from 'hono';
import { z } from 'zod';
import { GatewayError } from '../../ground/gateway-error.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { requireSession } from '../require-session.ts';
import { directoryOf } from './directory-of.ts';
import { limitedReads } from './limited-reads.ts';
import { fromSessionId, toSessionId } from './opencode-ids.ts';
import type { OpenCodeOptions } from './opencode-options.ts';
import { readBody } from './read-body.ts';
import { readConversation } from './read-conversation.ts';
import { providerId, toSessionInfo } from './session-info.ts';

const mostSessions = 200;
const title = z.string().trim().min(1).max(256);
const newSession = z.object({
  title: title.optional(),
  parentID: z.string().optional(),
  model: z.object({ providerID: z.string(), id: z.string() }).optional(),
  permission: z.array(z.unknown()).optional(),
});
const changes = z.object({ title: title.optional() });
const fork = z.object({ messageID: z.string().optional() });

/** Sessions, for clients of OpenCode. */
export function createSessionRoutes({
  sessions,
  limits,
  workerType,
}: Pick<OpenCodeOptions, 'sessions' | 'limits' | 'workerType'>): Hono<ApiEnvironment> {
  const app = new Hono<ApiEnvironment>();
  app.get('/', (c) => {
    const directory = directoryOf(c);
    const search = c.req.query('search')?.toLowerCase();
    const limit = z.coerce
      .number()
      .int()
      .min(1)
      .max(mostSessions)
      .catch(mostSessions)
      .parse(c.req.query('limit'));
    const infos = sessions
      .list(c.get('identity'), { limit })
      .map(toSessionInfo)
      .filter((info) => directory === undefined || info.directory === directory)
      .filter((info) => search === undefined || info.title.toLowerCase().includes(search));
    return c.json(infos);
  });

  app.post('/', async (c) => {
    const { title, parentID, model, permission = [] } = await readBody(c, newSession);
    const remedy = 'open a session without it';
    if (parentID !== undefined)
      throw new GatewayError('NOT_SUPPORTED', `parentID has no meaning here: ${remedy}`);
    if (permission.length > 0)
      throw new GatewayError('NOT_SUPPORTED', `what may run is decided by the gateway’s policy: ${remedy}`);
    if (model && model.providerID !== providerId)
      throw new GatewayError(
        'NOT_SUPPORTED',
        `there is no provider ${model.providerID} here, only ${providerId}`,
      );
    const directory = directoryOf(c);
    const session = sessions.open({
      ...{ identity: c.get('identity'), workerType: model?.id ?? workerType, key: '' },
      config: directory === undefined ? {} : { work_dir: directory },
      ...(title === undefined ? {} : { title }),
    });
    await session.settled();
    return c.json(toSessionInfo(session.record));
  });

  app.get('/status', (c) => {
    const records = sessions.list(c.get('identity'), { limit: mostSessions });
    const busy = records.filter(({ turn }) => turn !== null);
    return c.json(Object.fromEntries(busy.map(({ id }) => [toSessionId(id), { type: 'busy' }])));
  });

  app.get('/:id', (c) => {
    const id = fromSessionId(c.req.param('id'));
    return c.json(toSessionInfo(requireSession(sessions, id, c.get('identity')).record));
  });

  app.patch('/:id', async (c) => {
    const session = requireSession(sessions, fromSessionId(c.req.param('id')), c.get('identity'));
    const { title } = await readBody(c, changes);
    if (title === undefined)
      throw new GatewayError('NOT_SUPPORTED', 'only the title of a session can be changed');
    session.rename(title);
    await session.settled();
    return c.json(toSessionInfo(session.record));
  });

  app.delete('/:id', async (c) => {
    await sessions.remove(fromSessionId(c.req.param('id')), c.get('identity'));
    return c.json(true);
  });

  app.post('/:id/fork', async (c) => {
    const { id } = requireSession(sessions, fromSessionId(c.req.param('id')), c.get('identity')).record;
    const { messageID } = await readBody(c, fork);
    if (messageID !== undefined)
      throw new GatewayError('NOT_SUPPORTED', 'a fork goes on from the end: leave messageID out');
    const branch = await sessions.branch(id, c.get('identity'));
    await branch.settled();
    return c.json(toSessionInfo(branch.record));
  });

  app.get('/:id/todo', limitedReads(limits), async (c) => {
    const session = requireSession(sessions, fromSessionId(c.req.param('id')), c.get('identity'));
    return c.json((await readConversation(session)).todos);
  });

  // Sub-agents have no sessions of their own here, and what changed is at /api/sessions/{id}/changes.
  for (const path of ['/:id/children', '/:id/diff'] as const) {
    app.get(path, (c) => {
      requireSession(sessions, fromSessionId(c.req.param('id')), c.get('identity'));
      return c.json([]);
    });
  }
  return app;
}
