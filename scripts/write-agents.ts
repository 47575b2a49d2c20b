// Writes docs/agents.md from what the adapters announce; with --check only says whether it is current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { levelByDefault } from '../apps/gateway/src/agent-isolation.ts';
import { configSchema } from '../apps/gateway/src/config-schema.ts';
import { systemClock } from '../apps/gateway/src/ground/clock.ts';
import { createIds } from '../apps/gateway/src/ground/ids.ts';
import { createSpawnProcess } from '../apps/gateway/src/process/spawn-process.ts';
import {
  type AcpAgent,
  defaultAgent,
  knownAgents,
} from '../apps/gateway/src/worker/acp-agents/known-agents.ts';
import type { WorkerCapabilities, WorkerDefinition } from '../apps/gateway/src/worker/worker.ts';
import { createWorkers } from '../apps/gateway/src/workers.ts';
import type { SessionConfig } from '../packages/aep-protocol/src/index.ts';

const file = fileURLToPath(new URL('../docs/agents.md', import.meta.url));

type Capability = keyof WorkerCapabilities;
type Row = { about: string; cell(definition: WorkerDefinition): string };

const yes = 'yes';
const no = '–';
const processes: Readonly<Record<WorkerCapabilities['process'], string>> = {
  hot: 'one for the session',
  per_turn: 'one for each turn',
  shared: 'one for many sessions',
};

/** Every capability in words for users. */
const capabilities: Readonly<Record<Capability, { about: string; cell?(of: WorkerCapabilities): string }>> = {
  process: { about: 'Its process', cell: (of) => processes[of.process] },
  supports_resume: { about: 'Remembers the conversation when its process is gone' },
  supports_delta: { about: 'Its words arrive while it writes them' },
  supports_reasoning: { about: 'Shows its reasoning' },
  supports_tool_call: { about: 'Shows the tools it uses' },
  supports_permission: { about: 'Asks you before it uses a tool' },
  supports_question: { about: 'Asks you questions with choices' },
  supports_elicitation: { about: 'Passes on forms of MCP servers' },
  steer: {
    about: 'Takes a prompt into the running turn (`delivery: "steer"`); else such a prompt is refused',
  },
  interrupt: { about: 'Can be interrupted' },
  survives_restart: { about: 'Goes on when the gateway is killed' },
  fork: { about: 'Can go on in a second session that remembers the first' },
  rewind: {
    about: 'Can be taken back to before an earlier prompt, and go on from there in a second session',
  },
  modalities: { about: 'Takes in a prompt', cell: (of) => of.modalities.join(', ') },
  permission_modes: {
    about: 'Permission modes',
    cell: (of) => of.permission_modes?.map(code).join(', ') ?? no,
  },
};

/** Every command of the protocol in words for users. */
const commands: Readonly<Record<string, string>> = {
  set_model: 'Change the model',
  model: 'The same, by its other name',
  set_permission: 'Change the permission mode',
  context_usage: 'Say how full the context is',
  mcp_status: 'Say how its MCP servers are',
  skills: 'List its skills and slash commands',
  compact: 'Summarise the conversation to make room',
  clear: 'Forget the conversation',
  effort: 'Change how hard it thinks',
  rewind: 'Go back in the conversation',
  commit: 'Commit its work',
};

/** Every field of `init.config` in words for users. */
const settings: Readonly<Record<keyof SessionConfig, string>> = {
  model: 'Which model it uses',
  system_prompt: 'Words that are added to its system prompt',
  allowed_tools: 'Tools it may use without asking',
  disallowed_tools: 'Tools it may not use',
  max_turns: 'After how many steps a turn ends',
  work_dir: 'Where it works',
  permission_mode: 'How often it asks you',
  isolation: 'What keeps it from the rest of the machine, at least what the operator asks for',
  env: 'Further environment variables',
  mcp_servers: 'MCP servers of this session',
  agent: 'Which agent is behind it',
  metadata: 'Your own notes, kept with the session',
};

const isolationRow: Row = {
  about:
    'What keeps it from the rest of the machine by default, on Linux with bubblewrap ([security](security.md))',
  cell: ({ type }) => code(levelByDefault(type)),
};

function code(word: string): string {
  return `\`${word}\``;
}

function capabilityRow([name, { about, cell }]: [string, (typeof capabilities)[Capability]]): Row {
  return {
    about,
    cell: ({ capabilities: of }) => cell?.(of) ?? (of[name as Capability] === true ? yes : no),
  };
}

const terminalRow: Row = {
  about: 'Goes on here with what was begun in a terminal ([web chat](web-chat.md))',
  cell: ({ terminalConversations }) => (terminalConversations ? yes : no),
};

function commandRow(name: string): Row {
  const about = commands[name];
  if (about === undefined) throw new Error(`scripts/write-agents.ts has no words for the command ${name}`);
  return { about: `${code(name)}: ${about}`, cell: (of) => (of.commands.includes(name) ? yes : no) };
}

function settingRow([name, about]: [string, string]): Row {
  const field = name as keyof SessionConfig;
  return { about: `${code(name)}: ${about}`, cell: ({ accepts }) => (accepts.has(field) ? yes : no) };
}

function table(definitions: readonly WorkerDefinition[], rows: readonly Row[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['', ...definitions.map(({ title }) => title)]),
    `|---|${definitions.map(() => '---|').join('')}`,
    ...rows.map(({ about, cell }) => line([about, ...definitions.map(cell)])),
  ].join('\n');
}

/** How to get an agent: what `locate` says on a machine that has none. */
async function installation(definition: WorkerDefinition): Promise<string> {
  const found = await definition.locate();
  const how = found.available ? 'comes with the gateway' : code(found.install);
  return `| ${definition.title} | ${code(definition.type)} | ${definition.tested ?? no} | ${how} |`;
}

/** An agent behind `acp` and `acpx`: what our tests have seen of it, and what is only its own documentation's word. */
function behind([name, agent]: [string, AcpAgent]): string {
  const start = code([agent.command, ...agent.args].join(' '));
  const acpx = agent.neverAsks ? 'refused' : name === defaultAgent ? 'proved' : 'its command only';
  const acp = agent.tested === null ? 'its command only' : `proved with ${agent.tested}`;
  return `| ${code(name)} | ${agent.title} | ${start} | ${acp} | ${acpx} | ${code(agent.install)} |`;
}

const { definitions } = createWorkers({
  config: configSchema.parse({}),
  clock: systemClock,
  ids: createIds(),
  spawn: () => createSpawnProcess({ clock: systemClock }),
  environment: {},
  stateDir: '/nowhere',
  lasting: true,
});
const offered = Object.keys(commands).filter((name) => definitions.some((of) => of.commands.includes(name)));
const unnamed = definitions.flatMap((of) => of.commands).filter((name) => !offered.includes(name));

const text = `# Agents

What each agent can do here. \`server_caps\` of \`init_ack\` says the same of a session, and for each agent the contract
suite proves it in both directions: nothing is announced that does not work, and nothing works that is not announced.
\`scripts/write-agents.ts\` writes this page from the adapters.

${table(definitions, [...Object.entries(capabilities).map(capabilityRow), terminalRow, isolationRow])}

## Commands

\`worker_command\` gives these to the agent; others are answered with \`NOT_SUPPORTED\`.

${table(definitions, [...offered, ...unnamed].map(commandRow))}

## Settings

\`init.config\` takes these; others are refused by name with \`CONFIG_INVALID\`.

${table(definitions, Object.entries(settings).map(settingRow))}

## Installing

Each agent is used with the account it is signed in to, or with the key in the gateway's environment.

| agent | \`worker_type\` | tested with | install |
|---|---|---|---|
${(await Promise.all(definitions.map(installation))).join('\n')}

## Behind \`acp\` and \`acpx\`

\`config.agent\` says which agent a session is with; without it, it is \`${defaultAgent}\`. What this page says of the two
worker types is proved with the agents that are marked so. Of another we know the command that starts it, from its own
documentation, and nothing of what it does with it: what it can do it says when it starts. A command of yours is
\`worker.acp.agents\`. An agent that cannot be held to permissions is refused by \`acpx\`.

| \`agent\` | name | started as | behind \`acp\` | behind \`acpx\` | install |
|---|---|---|---|---|---|
${Object.entries(knownAgents).map(behind).join('\n')}
`;

if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.error('docs/agents.md is not what the adapters say: run `node scripts/write-agents.ts`');
  process.exit(1);
}
