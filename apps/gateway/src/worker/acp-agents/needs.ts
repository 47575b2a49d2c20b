import { join } from 'node:path';
import type { ProcessNeeds, StateDir } from '../../process/child-process.ts';
import { toClaudeNeeds } from '../claude-code/needs.ts';
import { toOpenCodeNeeds } from '../opencode/needs.ts';
import { toPiNeeds } from '../pi/needs.ts';
import type { AcpAgent } from './known-agents.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What Codex runs or obeys of its folder (developers.openai.com/codex, "Configuration", "Hooks", "Rules", "Subagents"): also
 * the rules that it would write itself when a command is allowed for good, which is the session's to remember.
 */
const ofCodex: readonly string[] = [
  ...['config.toml', 'hooks.json', '.env', 'AGENTS.md', 'AGENTS.override.md'],
  ...['hooks/', 'rules/', 'agents/', 'prompts/', 'skills/', 'plugins/'],
];

/** The same of Gemini CLI (geminicli.com/docs, "Configuration", "Policy engine", "Trusted folders", "Extensions"). */
const ofGemini: readonly string[] = [
  ...['settings.json', 'trustedFolders.json', '.env', 'GEMINI.md'],
  ...['extensions/', 'policies/', 'commands/', 'agents/', 'skills/'],
];

/** Where the known agents keep their state, by their own documentation; what of it is configuration is only read. */
const known: Readonly<Record<string, (environment: Environment) => ProcessNeeds>> = {
  claude: toClaudeNeeds,
  opencode: toOpenCodeNeeds,
  pi: (environment) => toPiNeeds(environment),
  gemini: ({ HOME }) => atHome(HOME, { path: '.gemini', readOnly: ofGemini }),
  codex: ({ HOME, CODEX_HOME }) => ({
    state: [CODEX_HOME || (HOME && join(HOME, '.codex'))].flatMap((path) =>
      path ? { path, readOnly: ofCodex } : [],
    ),
  }),
  goose: ({ HOME }) => ({
    ...atHome(HOME, { path: '.local/share/goose' }, { path: '.local/state/goose' }),
    readable: HOME ? [join(HOME, '.config', 'goose')] : [],
  }),
  copilot: ({ HOME }) =>
    atHome(HOME, { path: '.copilot', readOnly: ['config.json', 'mcp-config.json', 'agents/', 'skills/'] }),
};

/** What an agent needs of the machine; of one of the operator's own, what the configuration says. */
export function toAgentNeeds(
  { name, stateDirs = [] }: Pick<AcpAgent, 'name' | 'stateDirs'>,
  environment: Environment,
) {
  const needs = Object.hasOwn(known, name) ? known[name]?.(environment) : undefined;
  const own = stateDirs.map((path) => ({ path }));
  return { ...needs, state: [...(needs?.state ?? []), ...own] };
}

function atHome(home: string | undefined, ...dirs: readonly StateDir[]): ProcessNeeds {
  return { state: home ? dirs.map((dir) => ({ ...dir, path: join(home, dir.path) })) : [] };
}
