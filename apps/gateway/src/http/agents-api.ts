import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { SessionRegistry } from '../session/session-registry.ts';
import type { WorkerDefinition } from '../worker/worker.ts';
import type { ApiEnvironment } from './api-environment.ts';

type AgentsOptions = {
  definitions: readonly WorkerDefinition[];
  sessions: SessionRegistry;
  defaultWorkDir: string;
};

const route = createRoute({
  method: 'get',
  path: '/',
  responses: {
    200: {
      description: 'The agents this gateway can run, and what is missing for those it cannot.',
      content: { 'application/json': { schema: z.unknown() } },
    },
  },
});

/** Which agents there are, looked up anew each time so that one just installed shows up. */
export function createAgentsApi({
  definitions,
  sessions,
  defaultWorkDir,
}: AgentsOptions): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>();
  api.openapi(route, async (c) => {
    const agents = await Promise.all(definitions.map((definition) => describeAgent(definition, sessions)));
    return c.json({ agents, default_work_dir: defaultWorkDir }, 200);
  });
  return api;
}

async function describeAgent(definition: WorkerDefinition, sessions: SessionRegistry) {
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
    capabilities,
    ...(modes ? { permission_modes: modes } : {}),
    ...(ready?.models ? { models: ready.models } : {}),
  };
}
