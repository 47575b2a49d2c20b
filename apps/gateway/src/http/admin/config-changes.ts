import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { type ConfigRecord, configOrigins, type SettingChange } from '../../ground/config-record.ts';
import type { ApiEnvironment } from '../api-environment.ts';
import { jsonAnswer } from '../json-answer.ts';
import { refusals } from '../refusals.ts';
import { refuseInvalid } from '../refuse-invalid.ts';

/** What operators may do with the configuration of a gateway that runs. */
export type ConfigOperations = {
  /** The version in force. */
  readonly version: number;
  /** Newest first. */
  history(): Omit<ConfigRecord, 'sealed'>[];
  /** Throws CONFIG_INVALID; then nothing has changed, as below. */
  reload(source: { actor: string; origin: 'request' }): { version: number; changes: SettingChange[] };
  rollback(version: number, actor: string): { version: number; changes: SettingChange[] };
};

const change = z.object({
  key: z.string().describe('The setting, as in session.max_queue.'),
  old: z.unknown().describe('What it was; of a secret only whether it was set.'),
  new: z.unknown(),
  restart: z.boolean().describe('Whether it waits for a restart.'),
});
const reloaded = z.object({ version: z.number(), changes: z.array(change) });
const entry = reloaded.extend({
  time: z.iso.datetime(),
  actor: z.string().nullable().describe('Who brought it; null for the gateway itself.'),
  origin: z.enum(configOrigins).describe('How it came into force.'),
});

const routes = {
  history: createRoute({
    method: 'get',
    path: '/history',
    responses: {
      200: jsonAnswer(
        'The last 64 configurations that were in force, newest first, without secrets.',
        z.object({ version: z.number().describe('The one in force.'), entries: z.array(entry) }),
      ),
    },
  }),
  reload: createRoute({
    method: 'post',
    path: '/reload',
    responses: {
      200: jsonAnswer('The file was read anew, and this is different since.', reloaded),
      ...refusals(422),
    },
  }),
  rollback: createRoute({
    method: 'post',
    path: '/rollback',
    request: {
      body: {
        required: true,
        content: { 'application/json': { schema: z.object({ version: z.number().int().positive() }) } },
      },
    },
    responses: {
      200: jsonAnswer(
        'That version is in force until the file changes, or the gateway starts anew; this is different since.',
        reloaded,
      ),
      ...refusals(422),
    },
  }),
};

/** Takes another configuration up without a restart, and an earlier one back. */
export function createConfigChangeRoutes(config: ConfigOperations): OpenAPIHono<ApiEnvironment> {
  return new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid })
    .openapi(routes.history, (c) => {
      const entries = config
        .history()
        .map(({ time, ...record }) => ({ ...record, time: new Date(time).toISOString() }));
      return c.json({ version: config.version, entries }, 200);
    })
    .openapi(routes.reload, (c) =>
      c.json(config.reload({ actor: c.get('identity').subject, origin: 'request' }), 200),
    )
    .openapi(routes.rollback, (c) =>
      c.json(config.rollback(c.req.valid('json').version, c.get('identity').subject), 200),
    );
}
