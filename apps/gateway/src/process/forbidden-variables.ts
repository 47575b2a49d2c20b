/** Marks that an agent sets for what it starts: a child that saw another's would believe it is nested in it (E2). */
export const nestedAgentMarks: readonly RegExp[] = [
  /^(CLAUDECODE|CLAUDE_CODE_(ENTRYPOINT|SSE_PORT|SESSION_.*|PARENT_.*|CHILD_.*|REMOTE.*|CONTAINER_.*|EXECPATH))$/,
  /^(OPENCODE|OPENCODE_(PID|PORT|CLIENT|CALLER|RUN_ID|PROCESS_.*|SESSION_.*|SERVER_.*|TERMINAL))$/,
  /^(CODEX_(CI|SANDBOX.*|THREAD_ID|SESSION_.*|INTERNAL_.*|MANAGED_.*)|GEMINI_CLI|QWEN_CODE)$/,
  /^(PI_CODING_AGENT|GOOSE_TERMINAL|COPILOT_(CLI.*|AGENT_.*)|CURSOR_(AGENT|TRACE_ID|SESSION_.*)|CLINE_ACTIVE|AI_AGENT|AGENT)$/,
  /^(TRACEPARENT|TRACESTATE|BAGGAGE|AGENT_PROCESS_TREE|VSCODE_.*|TERM_PROGRAM.*)$/,
];

/** Names of an agent's settings. Among them may be marks nobody has met: they must be named in full to pass. */
export const agentNames = /^(CLAUDE_CODE_|OPENCODE|CODEX_|GEMINI_CLI)/;

/** What git reads and cannot be led astray by (man 1 git, "Environment Variables"); all else that begins with GIT_ can run commands. */
const harmlessGit =
  /^GIT_((AUTHOR|COMMITTER)_(NAME|EMAIL|DATE)|TERMINAL_PROMPT|CEILING_DIRECTORIES|DEFAULT_HASH|FLUSH|ADVICE|HTTP_USER_AGENT|SSL_(CAINFO|CAPATH)|LFS_SKIP_SMUDGE)$/;

/** What Python reads and loads no code by (docs.python.org, "Command line and environment"). */
const harmlessPython =
  /^PYTHON(UNBUFFERED|IOENCODING|UTF8|LEGACY.*|HASHSEED|DONTWRITEBYTECODE|FAULTHANDLER|DEVMODE|OPTIMIZE|VERBOSE|COERCECLOCALE|MALLOC.*|ASYNCIODEBUG|NODEBUGRANGES|TRACEMALLOC|INTMAXSTRDIGITS|_COLORS|_GIL)$/;

const forbidden: readonly RegExp[] = [
  // The gateway's own configuration and secrets.
  /^HOTPLEX_/,
  // Code that loaders, the C library and its parts take in by themselves (man 8 ld.so, man 3 getaddrinfo, man 5 config).
  /^(LD|DYLD)_/,
  /^(GCONV_PATH|GETCONF_DIR|GLIBC_TUNABLES|HOSTALIASES|RES_OPTIONS|LOCALDOMAIN|LOCPATH|NLSPATH|MALLOC_TRACE)$/,
  /^(OPENSSL_(CONF|ENGINES|MODULES)|SSLKEYLOGFILE|KRB5_CONFIG|KRB5_TRACE|PKCS11_.*)$/,
  /^(GIO_(EXTRA_MODULES|MODULE_DIR)|GTK(2|3)?_(MODULES|PATH)|QT_PLUGIN_PATH|QT_QPA_.*|TERMINFO(_DIRS)?)$/,
  // Code that shells and interpreters take in by themselves.
  /^(BASH_ENV|ENV|BASH_FUNC_.*|SHELLOPTS|BASHOPTS|PROMPT_COMMAND|PS[0-4]|IFS|ZDOTDIR|FPATH|CDPATH|GLOBIGNORE|INPUTRC)$/,
  /^(NODE_(OPTIONS|PATH|REPL_.*|CHANNEL_.*|UNIQUE_ID|TLS_REJECT_UNAUTHORIZED|V8_COVERAGE)|ELECTRON_.*|BUN_(OPTIONS|CONFIG.*|INSPECT.*))$/,
  /^(PERL5?(OPT|LIB|DB|SHELL).*|PERL5.*|RUBY(OPT|LIB|SHELL|PATH)|GEM_(HOME|PATH)|BUNDLE_GEMFILE)$/,
  /^(JAVA_TOOL_OPTIONS|JDK_JAVA(C)?_OPTIONS|_JAVA_OPTIONS|CLASSPATH|(MAVEN|GRADLE|ANT|SBT|JAVA)_OPTS|MAVEN_ARGS)$/,
  /^(DOTNET_(STARTUP_HOOKS|ADDITIONAL_DEPS|SHARED_STORE)|(COR|CORECLR|COMPLUS|DOTNET)_(ENABLE_)?PROFIL.*)$/,
  /^(LUA_(INIT|PATH|CPATH).*|PHPRC|PHP_INI_SCAN_DIR|R_(PROFILE|ENVIRON)(_USER)?|R_LIBS.*|TCLLIBPATH|GUILE_.*|ERL_.*FLAGS|ERL_LIBS|JULIA_.*)$/,
  // Commands and options that tools run by themselves.
  /^(GOFLAGS|GOENV|CARGO_BUILD_.*|RUSTC(_WORKSPACE)?(_WRAPPER)?|RUSTFLAGS|MAKEFLAGS|MAKEFILES|GNUMAKEFLAGS|MFLAGS|CMAKE_TOOLCHAIN_FILE)$/,
  /^(TAR_OPTIONS|RSYNC_RSH|CVS_RSH|SVN_SSH|HGEDITOR|LESS(OPEN|CLOSE|KEY.*)|MANPAGER|PAGER|BROWSER|EDITOR|VISUAL|FCEDIT)$/,
  /^(VIMINIT|EXINIT|GVIMINIT|MYVIMRC|PSQLRC|PSQL_(PAGER|EDITOR)|CURL_HOME|WGETRC|NETRC|FZF_DEFAULT_(COMMAND|OPTS).*|PARALLEL)$/,
  /^(SSH|SUDO)_ASKPASS$/,
  // Ways to somebody else's agent, bus, supervisor or parent.
  /^(SSH_AUTH_SOCK|SSH_AGENT_PID|GPG_AGENT_INFO)$/,
  /^DBUS_/,
  /^(NOTIFY_SOCKET|LISTEN_(FDS|PID|FDNAMES)|WATCHDOG_(USEC|PID)|INVOCATION_ID|JOURNAL_STREAM|CREDENTIALS_DIRECTORY|MANAGERPID)$/,
  // The settings of whichever package script started the gateway.
  /^(npm_|NPM_CONFIG_|pnpm_config_|PNPM_CONFIG_|PNPM_SCRIPT_|YARN_|INIT_CWD$)/,
];

const proxy = /^(https?|ftp|all)_proxy$/i;

/** Whether a child may have this variable at all, whoever asks (requirement E2). */
export function isHarmless(name: string, value: string): boolean {
  // Neither has a meaning for any program, and the second ends the entry early.
  if (!/^[^=\0]+$/.test(name) || value.includes('\0')) return false;
  if (name.startsWith('GIT_')) return harmlessGit.test(name);
  if (name.startsWith('PYTHON')) return harmlessPython.test(name);
  if (forbidden.some((pattern) => pattern.test(name))) return false;
  // `http://user:secret@proxy` also in spellings that a URL parser refuses.
  return !(proxy.test(name) && value.includes('@'));
}
