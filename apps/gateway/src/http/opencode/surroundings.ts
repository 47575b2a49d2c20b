import type { WorkerDefinition } from '../../worker/worker.ts';
import type { Surrounding } from './opencode-permissions.ts';
import { agentName, providerId } from './session-info.ts';

export type SurroundingsOptions = {
  definitions: readonly WorkerDefinition[];
  /** The agent of a session that does not name one. */
  workerType: string;
  defaultWorkDir: string;
  version: string;
};

/** What is around the sessions; what has to be looked up each time is a function. */
export type Surroundings = Readonly<Record<Surrounding, object | (() => Promise<object>)>>;

/** For clients of OpenCode our agents are the models of one provider. */
export function surroundingsOf(options: SurroundingsOptions): Surroundings {
  const { workerType, defaultWorkDir: directory, version } = options;
  const provider = async () => {
    const models = Object.fromEntries((await available(options)).map((each) => [each.type, toModel(each)]));
    return { id: providerId, name: 'HotPlex', source: 'custom', env: [], options: {}, models };
  };
  const preset = { [providerId]: workerType };
  const place = { directory, project: { id: 'global', directory } };
  const project = { id: 'global', worktree: directory, time: { created: 0, updated: 0 }, sandboxes: [] };
  const none = { location: place, data: [] };
  return {
    agent: [
      {
        name: agentName,
        description: 'The agent as it is',
        mode: 'primary',
        native: true,
        permission: [],
        options: {},
      },
    ],
    ...{ 'api/agent': none, 'api/command': none, 'api/integration': none, 'api/location': place },
    ...{ 'api/model': none, 'api/provider': none, 'api/reference': none, 'api/skill': none },
    ...{ command: [], skill: [], lsp: [], formatter: [], mcp: {}, 'find/file': [] },
    config: {
      ...{ model: `${providerId}/${workerType}`, share: 'disabled', autoupdate: false, username: 'you' },
      ...{ agent: {}, command: {}, mode: {}, plugin: [], provider: {} },
    },
    'config/providers': async () => ({ providers: [await provider()], default: preset }),
    provider: async () => ({ all: [await provider()], default: preset, connected: [providerId] }),
    'provider/auth': {},
    'experimental/capabilities': { backgroundSubagents: false },
    'experimental/console': { consoleManagedProviders: [], switchableOrgCount: 0 },
    ...{ 'experimental/resource': {}, 'experimental/workspace': [], 'experimental/workspace/status': [] },
    'global/health': { healthy: true, version },
    path: { home: directory, state: directory, config: directory, worktree: directory, directory },
    ...{ project: [project], 'project/current': project, 'project/:project_id/directories': [] },
    vcs: { branch: null, default_branch: null },
  };
}

async function available({ definitions }: SurroundingsOptions): Promise<WorkerDefinition[]> {
  const found = await Promise.all(definitions.map((each) => each.locate()));
  return definitions.filter((_, index) => found[index]?.available);
}

/** OpenCode’s `Model`. What it costs and how much it holds is the agent’s affair. */
function toModel({ type, title, capabilities }: WorkerDefinition) {
  const image = capabilities.modalities.includes('image');
  const kinds = { text: true, audio: false, image: false, video: false, pdf: false };
  return {
    ...{ id: type, providerID: providerId, name: title, status: 'active', release_date: '' },
    ...{ options: {}, headers: {}, api: { id: type, url: '', npm: '' } },
    capabilities: {
      ...{ temperature: false, attachment: image, toolcall: true, interleaved: false },
      ...{ reasoning: capabilities.supports_reasoning ?? false, input: { ...kinds, image }, output: kinds },
    },
    cost: { input: 0, output: 0, cache: { read: 0, write: 0 } },
    limit: { context: 0, output: 0 },
  };
}
