import { refusalOf } from '../opencode/foreign-code.ts';
import { parsePermission, withGate } from '../opencode/with-gate.ts';

/** An agent that speaks the protocol, and how it is started. */
export type AcpAgent = {
  /** For `config.agent`. */
  name: string;
  /** For people. */
  title: string;
  /** A name to look for in PATH, or an absolute path. */
  command: string;
  args: readonly string[];
  /** The command line that installs it, for people to copy. */
  install: string;
  /** What to do when it is not signed in. */
  signIn: string;
  /** The version our tests run; null if they do not run it. */
  tested: string | null;
  /** What it gets of the operator's environment beside what every agent gets, as `allow` of `childEnvironment`. */
  environment: readonly string[];
  /** Set for it unless the operator's environment does. */
  defaults?: Readonly<Record<string, string>>;
  /** Further folders in which it writes, where there are walls around it. */
  stateDirs?: readonly string[] | undefined;
  /** Why it must not be started in this work dir; undefined if it may. */
  refusalOf?: (workDir: string, home: string | undefined) => string | undefined;
  /** What it is told with every session that is opened, in `_meta`. */
  sessionMeta?: Readonly<Record<string, unknown>>;
  /** What its environment has to hold so that it loads our gate; `answers`: the folder with ours. Throws CONFIG_INVALID. */
  withGate?: (environment: Readonly<Record<string, string>>, answers: string) => Record<string, string>;
  /** Its usage is that of a turn's last request to the model and not of the turn. */
  usageOfLastRequest?: boolean;
  /** It has no permissions of its own: whatever its model wants is done. */
  neverAsks?: boolean;
};

const anthropic = ['ANTHROPIC_*', 'API_TIMEOUT_MS'];
const openai = ['OPENAI_*', 'AZURE_OPENAI_*'];
const google = [
  ...[
    'GEMINI_API_KEY',
    'GEMINI_MODEL',
    'GOOGLE_API_KEY',
    'GOOGLE_GENERATIVE_AI_API_KEY',
    'GOOGLE_GEMINI_BASE_URL',
  ],
  ...['GOOGLE_GENAI_USE_VERTEXAI', 'GOOGLE_GENAI_USE_GCA', 'GOOGLE_CLOUD_PROJECT', 'GOOGLE_CLOUD_LOCATION'],
];
const folders = ['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME'];

const claude: AcpAgent = {
  name: 'claude',
  title: 'Claude Code (ACP)',
  command: 'claude-agent-acp',
  args: [],
  install: 'npm install -g @agentclientprotocol/claude-agent-acp@0.100.0',
  signIn:
    'Run `claude` once as the user of the gateway and sign in with /login, or start the gateway with ANTHROPIC_API_KEY set.',
  tested: '0.100.0',
  environment: [
    ...anthropic,
    'CLAUDE_CONFIG_DIR',
    'CLAUDE_CODE_OAUTH_TOKEN',
    ...['CLAUDE_CODE_USE_BEDROCK', 'CLAUDE_CODE_USE_VERTEX', 'CLAUDE_CODE_USE_FOUNDRY'],
    ...['CLAUDE_CODE_SKIP_BEDROCK_AUTH', 'CLAUDE_CODE_SKIP_VERTEX_AUTH', 'CLAUDE_CODE_SKIP_FOUNDRY_AUTH'],
    ...['CLAUDE_CODE_MAX_RETRIES', 'CLAUDE_CODE_MAX_OUTPUT_TOKENS'],
    'CLAUDE_CODE_TMPDIR',
    'IS_SANDBOX',
  ],
  defaults: {
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
    DISABLE_AUTOUPDATER: '1',
  },
  // A repository's settings are untrusted code: hooks, and permissions that nobody would be asked for.
  sessionMeta: { claudeCode: { options: { settingSources: ['user'] } } },
};

const opencode: AcpAgent = {
  name: 'opencode',
  title: 'OpenCode (ACP)',
  command: 'opencode',
  args: ['acp'],
  install: 'npm install -g opencode-ai@1.18.33',
  signIn: 'Run `opencode auth login` as the user of the gateway.',
  tested: '1.18.33',
  environment: [
    ...[...anthropic, ...openai, ...google, ...folders, 'OPENROUTER_API_KEY', 'OPENCODE_API_KEY'],
    ...['OPENCODE_CONFIG', 'OPENCODE_CONFIG_DIR', 'OPENCODE_CONFIG_CONTENT', 'OPENCODE_MODELS_PATH'],
    ...['OPENCODE_DISABLE_MODELS_FETCH', 'OPENCODE_PERMISSION', 'OPENCODE_DISABLE_AUTOUPDATE'],
    ...['OPENCODE_DISABLE_SHARE', 'OPENCODE_DISABLE_PROJECT_CONFIG'],
  ],
  defaults: {
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_SHARE: '1',
    // Else a repository's .opencode/plugin/*.js would be run.
    OPENCODE_DISABLE_PROJECT_CONFIG: '1',
    // Its own default is to ask for nothing.
    OPENCODE_PERMISSION: '{"edit":"ask","bash":"ask","webfetch":"ask","external_directory":"ask"}',
  },
  refusalOf,
  withGate: ({ OPENCODE_CONFIG_CONTENT: content, OPENCODE_PERMISSION: permission }, answers) =>
    withGate({ answers, content, permission: parsePermission(permission) }),
  usageOfLastRequest: true,
};

/** By the name for `config.agent`. Launch lines of untested agents are from their own documentation. */
export const knownAgents: Readonly<Record<string, AcpAgent>> = {
  claude,
  opencode,
  gemini: {
    name: 'gemini',
    title: 'Gemini CLI (ACP)',
    command: 'gemini',
    args: ['--acp'],
    install: 'npm install -g @google/gemini-cli',
    signIn:
      'Run `gemini` once as the user of the gateway and sign in, or start the gateway with GEMINI_API_KEY set.',
    tested: null,
    environment: google,
  },
  codex: {
    name: 'codex',
    title: 'Codex (ACP)',
    command: 'codex-acp',
    args: [],
    install: 'npm install -g @agentclientprotocol/codex-acp',
    signIn: 'Run `codex login` as the user of the gateway, or start the gateway with OPENAI_API_KEY set.',
    tested: null,
    environment: [...openai, 'CODEX_HOME', 'CODEX_API_KEY'],
  },
  goose: {
    name: 'goose',
    title: 'Goose (ACP)',
    command: 'goose',
    args: ['acp'],
    install: 'brew install block-goose-cli',
    signIn: 'Run `goose configure` as the user of the gateway.',
    tested: null,
    environment: [...anthropic, ...openai, ...google, ...folders, 'GOOSE_*', 'OPENROUTER_API_KEY'],
  },
  copilot: {
    name: 'copilot',
    title: 'GitHub Copilot CLI (ACP)',
    command: 'copilot',
    args: ['--acp', '--stdio'],
    install: 'npm install -g @github/copilot',
    signIn: 'Run `copilot` once as the user of the gateway and sign in with /login.',
    tested: null,
    environment: ['COPILOT_MODEL', 'COPILOT_GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_TOKEN', ...folders],
  },
  /** NOTE: `pi` is the better worker for Pi. */
  pi: {
    name: 'pi',
    title: 'Pi (ACP; never asks)',
    command: 'pi-acp',
    args: [],
    install: 'npm install -g pi-acp @earendil-works/pi-coding-agent',
    signIn: 'Run `pi` once as the user of the gateway and sign in with /login.',
    tested: null,
    environment: [...anthropic, ...openai, ...google, 'PI_*'],
    neverAsks: true,
  },
};

/** The one that is meant when a session names none. */
export const defaultAgent = 'claude';
