/** What a child may see without being asked for: enough to find programs, its home and its language. */
const allowedByDefault = ['PATH', 'HOME', 'USER', 'LANG', 'LC_*', 'TERM', 'TZ', 'TMPDIR', 'SHELL'];

/** Marks of an agent that runs us. Another agent's would make a child believe it is nested; its own it may be given. */
const agentMarks = /^(CLAUDECODE$|CLAUDE_CODE_|OPENCODE|CODEX_|AGENT_PROCESS_TREE$)/;

/** Never given to a child, whoever asks. */
const forbidden: readonly RegExp[] = [
  // The gateway's own configuration and secrets.
  /^HOTPLEX_/,
  // Code that loaders, shells and interpreters run by themselves.
  /^(LD|DYLD)_/,
  /^(NODE_OPTIONS|NODE_PATH|NODE_REPL_EXTERNAL_MODULE)$/,
  /^(BASH_ENV|ENV|BASH_FUNC_.*|SHELLOPTS|BASHOPTS|PROMPT_COMMAND|PS4|IFS|ZDOTDIR)$/,
  /^PYTHON(STARTUP|PATH|HOME|INSPECT|BREAKPOINT)$/,
  /^(PERL5(OPT|LIB|DB)|RUBY(OPT|LIB)|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS)$/,
  // git (man 1 git, "Environment Variables"): those that name a command, or configuration that can.
  /^GIT_(SSH|SSH_COMMAND|ASKPASS|EDITOR|SEQUENCE_EDITOR|PAGER|EXTERNAL_DIFF|PROXY_COMMAND|EXEC_PATH|TEMPLATE_DIR)$/,
  /^GIT_CONFIG/,
  /^(SSH|SUDO)_ASKPASS$/,
  // Ways to somebody else's agent, bus, supervisor or parent.
  /^(SSH_AUTH_SOCK|SSH_AGENT_PID|NODE_CHANNEL_.*)$/,
  /^DBUS_/,
  /^(NOTIFY_SOCKET|LISTEN_FDS|LISTEN_PID|LISTEN_FDNAMES|WATCHDOG_USEC|WATCHDOG_PID)$/,
  // The settings of whichever package script started the gateway.
  /^npm_/,
  /^NPM_CONFIG_/,
];

const proxy = /^(https?|ftp|all)_proxy$/i;

export type ChildEnvironmentOptions = {
  /** The gateway's own environment. */
  inherited: Readonly<Record<string, string | undefined>>;
  /** More names the operator lets through for this agent; `PREFIX_*` stands for all that begin so. */
  allow?: readonly string[];
  /** What the adapter sets itself, in code; never from a client. May hold the agent's own marks. */
  extra?: Readonly<Record<string, string>>;
};

/** The whole environment of an agent, built from nothing: what is not named here does not exist for it. */
export function childEnvironment({ inherited, allow = [], extra = {} }: ChildEnvironmentOptions) {
  const environment: Record<string, string> = {};
  const names = [...allowedByDefault, ...allow];
  for (const [name, value] of Object.entries(inherited)) {
    const wanted = names.some((pattern) => matches(name, pattern)) && !agentMarks.test(name);
    if (wanted && value !== undefined && isHarmless(name, value)) environment[name] = value;
  }
  for (const [name, value] of Object.entries(extra)) {
    if (isHarmless(name, value)) environment[name] = value;
  }
  return environment;
}

/** A lone `*` names nothing: letting everything through is not on offer. */
function matches(name: string, pattern: string): boolean {
  if (!pattern.endsWith('*')) return name === pattern;
  return pattern.length > 1 && name.startsWith(pattern.slice(0, -1));
}

function isHarmless(name: string, value: string): boolean {
  if (forbidden.some((pattern) => pattern.test(name))) return false;
  // `http://user:secret@proxy` also in spellings that a URL parser refuses.
  return !(proxy.test(name) && value.includes('@'));
}
