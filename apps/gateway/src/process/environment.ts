const always = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'TERM', 'TZ', 'TMPDIR'];

/** Variables that no child ever gets from the gateway's own environment, listed or not (requirement E2). */
const never = [
  /^HOTPLEX_/,
  /^CLAUDECODE$/,
  /^CLAUDE_CODE_(ENTRYPOINT|SESSION_ID|SSE_PORT|REMOTE.*)$/,
  /^(OPENCODE|CODEX_)/,
  /^LD_/,
  /^DYLD_/,
  /^(NODE_OPTIONS|NODE_PATH|BASH_ENV|ENV|PYTHONSTARTUP|PYTHONPATH|PERL5OPT|RUBYOPT|JAVA_TOOL_OPTIONS)$/,
  /^BASH_FUNC_/,
  /^(PROMPT_COMMAND|PS4)$/,
  /^GIT_/,
  /^(SSH_AUTH_SOCK|SSH_ASKPASS|NOTIFY_SOCKET|LISTEN_FDS|LISTEN_PID|LISTEN_FDNAMES)$/,
  /^DBUS_/,
  /^npm_/i,
];

const credentialsInUrl = /^[a-z][a-z0-9+.-]*:\/\/[^/@\s]+@/i;

type EnvironmentOptions = {
  /** Where values come from: the gateway's own environment. */
  inherited: Readonly<Record<string, string | undefined>>;
  /** Further names the operator or the adapter lists; `PREFIX_*` means every name with that prefix. */
  allow: readonly string[];
  /** Values the adapter sets itself; they are taken as they are. */
  extra?: Readonly<Record<string, string>>;
};

/** The environment of a child, built from nothing: what is not listed is not there (requirement E1). */
export function childEnvironment({
  inherited,
  allow,
  extra = {},
}: EnvironmentOptions): Record<string, string> {
  const names = new Set([...always, ...allow.filter((name) => !name.endsWith('*'))]);
  const prefixes = ['LC_', ...allow.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1))];
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(inherited)) {
    if (value === undefined || never.some((pattern) => pattern.test(name))) continue;
    if (!names.has(name) && !prefixes.some((prefix) => name.startsWith(prefix))) continue;
    if (/_proxy$/i.test(name) && credentialsInUrl.test(value)) continue;
    env[name] = value;
  }
  return { ...env, ...extra };
}
