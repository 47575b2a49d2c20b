import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { SessionRegistry } from '../session/session-registry.ts';
import type { WorkerDefinition } from '../worker/worker.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { jsonAnswer } from './json-answer.ts';

export type AgentsApiOptions = {
  definitions: readonly WorkerDefinition[];
  sessions: SessionRegistry;
  defaultWorkDir: string;
};

const agent = z.object({
  type: z.string(),
  title: z.string(),
  available: z.boolean(),
  version: z.string().nullable(),
  reason: z.string().optional().describe('Why it is not available.'),
  install: z.string().optional().describe('What to do about that.'),
  tested: z.unknown().describe('The versions that this gateway was tried with.'),
  accepts: z.array(z.string()).describe('The settings of a session that have an effect on it.'),
  capabilities: z.record(z.string(), z.unknown()).describe('As in init_ack.'),
  permission_modes: z.array(z.string()).optional(),
  models: z.array(z.unknown()).optional(),
});

const route = createRoute({
  method: 'get',
  path: '/',
  responses: {
    200: jsonAnswer(
      'The agents this gateway can run, and what is missing for those it cannot.',
      z.object({ agents: z.array(agent), default_work_dir: z.string() }),
    ),
  },
});

/** Which agents there are, looked up anew each time so that one just installed shows up. */
export function createAgentsApi({
  definitions,
  sessions,
  defaultWorkDir,
}: AgentsApiOptions): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>();
  api.openapi(route, async (c) => {
    const agents = await Promise.all(definitions.map((definition) => describeAgent(definition, sessions)));
    return c.json({ agents, default_work_dir: defaultWorkDir }, 200);
  });
  return api;
}

async function describeAgent(
  definition: WorkerDefinition,
  sessions: SessionRegistry,
): Promise<z.infer<typeof agent>> {
  const { type, title, tested, accepts, capabilities } = definition;
  const found = await definition.locate();
  const ready = sessions.ready(type);
  const modes = ready?.permission_modes ?? capabilities.permission_modes;
  return {
    type,
    title,
    available: found.available,
    version: found.available ? found.version : null,
    ...(found.available ? {} : { reason: found.reason, install: found.install }),
    tested,
    accepts: [...accepts],
    capabilities: { ...capabilities },
    ...(modes ? { permission_modes: [...modes] } : {}),
    ...(ready?.models ? { models: [...ready.models] } : {}),
  };
}
