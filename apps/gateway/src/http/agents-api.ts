import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { isolationLevels, isolationProblems } from '@hotplex/aep-protocol';
import type { Identity } from '../auth/identity.ts';
import type { Adoption } from '../session/adoption.ts';
import type { SessionRegistry } from '../session/session-registry.ts';
import type { WorkerDefinition } from '../worker/worker.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { jsonAnswer } from './json-answer.ts';

export type AgentsApiOptions = {
  definitions: readonly WorkerDefinition[];
  sessions: SessionRegistry;
  adoption: Pick<Adoption, 'isFor'>;
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
  isolation: z.object({
    default: z.enum(isolationLevels).describe('What its sessions get unless they choose another level.'),
    levels: z
      .array(
        z.object({
          level: z.enum(isolationLevels),
          available: z.boolean(),
          problem: z.enum(isolationProblems).optional().describe('Why it is not, for programs.'),
          reason: z.string().optional().describe('The same for people.'),
        }),
      )
      .describe('What a session may choose as config.isolation, from weakest to strongest.'),
  }),
  permission_modes: z.array(z.string()).optional(),
  models: z.array(z.unknown()).optional(),
  adopts: z
    .boolean()
    .describe('Whether sessions of the caller can go on with what was begun with it in a terminal.'),
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
export function createAgentsApi({ defaultWorkDir, ...parts }: AgentsApiOptions): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>();
  api.openapi(route, async (c) => {
    const asked = { ...parts, identity: c.get('identity') };
    const agents = await Promise.all(parts.definitions.map((definition) => describeAgent(definition, asked)));
    return c.json({ agents, default_work_dir: defaultWorkDir }, 200);
  });
  return api;
}

async function describeAgent(
  definition: WorkerDefinition,
  { sessions, adoption, identity }: Pick<AgentsApiOptions, 'sessions' | 'adoption'> & { identity: Identity },
): Promise<z.infer<typeof agent>> {
  const { type, title, tested, accepts, capabilities, terminalConversations } = definition;
  const { isolation = 'none', isolations = [] } = definition;
  const found = await definition.locate();
  const ready = sessions.ready(definition);
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
    isolation: {
      default: isolation,
      levels: isolations.map(({ level, refused }) => ({ level, available: !refused, ...refused })),
    },
    adopts: terminalConversations !== undefined && adoption.isFor(identity),
    ...(modes ? { permission_modes: [...modes] } : {}),
    ...(ready?.models ? { models: [...ready.models] } : {}),
  };
}
