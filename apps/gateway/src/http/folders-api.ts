import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Clock } from '../ground/clock.ts';
import { browseFolders, type Folder } from '../session/browse-folders.ts';
import { recentFolders, topFolders } from '../session/first-folders.ts';
import type { SessionRegistry } from '../session/session-registry.ts';
import type { WorkDirRules } from '../session/work-dir.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { jsonAnswer } from './json-answer.ts';
import { refusals } from './refusals.ts';
import { refuseInvalid } from './refuse-invalid.ts';

const workDir = z
  .boolean()
  .describe('Whether sessions may work in it; else it is only on the way to some of which they may.');

const folder = z.object({
  name: z.string(),
  path: z.string().describe('Absolute, and without links.'),
  work_dir: workDir,
  repository: z.boolean().describe('Whether git keeps it.'),
});

const route = createRoute({
  method: 'get',
  path: '/',
  request: {
    query: z.object({
      path: z
        .string()
        .min(1)
        .max(4_096)
        .optional()
        .describe('Absolute; `~` is the home of the gateway’s user. Without it: where to begin.'),
    }),
  },
  responses: {
    200: jsonAnswer(
      'Folders of the gateway’s machine in which sessions may work, and those on the way to them. Hidden ones are left out.',
      z.object({
        path: z
          .string()
          .nullable()
          .describe('What was looked into, without links; null where looking begins.'),
        parent: z.string().nullable().describe('The folder around it, if that is to be looked into.'),
        work_dir: workDir,
        folders: z.array(folder).describe('What is in it, by name.'),
        recent: z
          .array(folder)
          .describe('Where looking begins: the folders of the caller’s sessions, newest first.'),
        complete: z.boolean().describe('false if there was more than it looked at.'),
      }),
    ),
    ...refusals(422),
  },
});

export type FoldersApiOptions = {
  sessions: SessionRegistry;
  workDirRules: WorkDirRules;
  defaultWorkDir: string;
  clock: Clock;
};

/** Folders for those who open a session: where it may work. */
export function createFoldersApi({
  sessions,
  workDirRules: rules,
  defaultWorkDir,
  clock,
}: FoldersApiOptions): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid });
  api.openapi(route, async (c) => {
    const { path } = c.req.valid('query');
    if (path === undefined) {
      const folders = (await topFolders({ rules, defaultWorkDir })).map(toView);
      const recent = (await recentFolders(c.get('identity'), { sessions, rules })).map(toView);
      return c.json({ path: null, parent: null, work_dir: false, folders, recent, complete: true }, 200);
    }
    const found = await browseFolders({ path, rules, clock });
    const { parent, isWorkDir: work_dir, isComplete: complete } = found;
    const folders = found.folders.map(toView);
    return c.json({ path: found.path, parent, work_dir, folders, recent: [], complete }, 200);
  });
  return api;
}

const toView = ({ name, path, isWorkDir, isRepository }: Folder): z.infer<typeof folder> => ({
  ...{ name, path, work_dir: isWorkDir, repository: isRepository },
});
