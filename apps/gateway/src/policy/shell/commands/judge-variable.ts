import { isForeign, isOpen } from '../../place/wildcard.ts';
import { wordList } from '../../place/word-list.ts';
import { runPrompt } from '../expand/expand-parameter.ts';
import { noData, type Shell } from '../shell.ts';

/** Variables that make the next program load code or run a command (C5). */
const loading = new Set(
  wordList(`
  LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT LD_CONFIG DYLD_INSERT_LIBRARIES DYLD_LIBRARY_PATH DYLD_FRAMEWORK_PATH BASH_ENV
  ENV SHELLOPTS BASHOPTS GCONV_PATH PERL5OPT PERL5LIB PERL5DB PERLLIB RUBYOPT RUBYLIB PYTHONSTARTUP PYTHONHOME
  PYTHONBREAKPOINT PYTHONUSERBASE JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS MAVEN_OPTS GRADLE_OPTS LESSOPEN
  LESSCLOSE GIT_EXTERNAL_DIFF GIT_SSH GIT_EXEC_PATH GIT_TEMPLATE_DIR GIT_PROXY_COMMAND GIT_SSH_COMMAND GIT_ASKPASS
  GIT_CONFIG GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CONFIG_PARAMETERS GIT_DIR GIT_ALLOW_PROTOCOL SSH_ASKPASS
  SUDO_ASKPASS RSYNC_RSH RSYNC_CONNECT_PROG CVS_RSH SVN_SSH TAR_OPTIONS TAPE MAKEFLAGS GNUMAKEFLAGS MAKEFILES CARGO_BUILD_RUSTC
  CARGO_BUILD_RUSTC_WRAPPER RUSTC_WRAPPER RUSTC CMAKE_TOOLCHAIN_FILE GOFLAGS GOPROXY GONOSUMDB GONOSUMCHECK GOINSECURE PIP_INDEX_URL
  PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE UV_INDEX_URL UV_DEFAULT_INDEX NPM_CONFIG_REGISTRY YARN_REGISTRY BUNDLE_GEMFILE
  DOCKER_HOST KUBECONFIG ANTHROPIC_BASE_URL OPENAI_BASE_URL HTTP_PROXY HTTPS_PROXY ALL_PROXY http_proxy https_proxy
  all_proxy NODE_PATH NODE_EXTRA_CA_CERTS NODE_TLS_REJECT_UNAUTHORIZED SSL_CERT_FILE GTK_MODULES QT_PLUGIN_PATH OPENSSL_CONF INPUTRC VIMINIT
  EXINIT TERMINFO HOSTALIASES LOCPATH MALLOC_CHECK_ ASAN_OPTIONS ZDOTDIR FPATH CDPATH GLOBIGNORE
`),
);

/** Variables that name a program for people: harmless with a program that is. */
const programs = new Set(
  wordList(`
  PAGER GIT_PAGER MANPAGER SYSTEMD_PAGER EDITOR VISUAL GIT_EDITOR GIT_SEQUENCE_EDITOR FCEDIT BROWSER SUDO_EDITOR KUBE_EDITOR
  AWS_PAGER GH_PAGER GH_EDITOR BAT_PAGER DELTA_PAGER PSQL_PAGER PSQL_EDITOR TEXEDIT HGEDITOR SVN_EDITOR SHELL TERMINAL
`),
);
const harmlessPrograms = new Set(
  wordList(
    'true : cat less more most bat vi vim nvim nano emacs ed code micro head tail bash zsh sh /bin/bash /bin/sh /usr/bin/zsh',
  ),
);

const ask = { decision: 'ask', rule: 'C5' } as const;

/** Judges what setting a variable does to what runs after it. */
export function judgeVariable(name: string, value: string, shell: Shell): void {
  const { report } = shell;
  if (name === 'PROMPT_COMMAND') shell.engine.runText(value, shell, { stdin: noData, network: false });
  if (/^PS[0-4]$/.test(name)) runPrompt(value, shell);
  if (
    loading.has(name) ||
    /^GIT_CONFIG_(?:KEY|VALUE|COUNT)/.test(name) ||
    /^npm_config_(?!loglevel|progress|color|yes|audit|fund|cache)/i.test(name)
  ) {
    if (value !== '')
      report.add({ ...ask, reason: `${name} makes the program load code or obey another configuration` });
  } else if (programs.has(name)) {
    const [program = ''] = value.trim().split(/\s+/);
    const isShell = /(?:^|\/)(?:z|ba)?sh$/.test(program) && value.trim() !== program;
    const plain = !isShell && harmlessPrograms.has(program.replace(/^\/usr\/bin\//, ''));
    if (value !== '' && (!plain || /[;&|`$(<>]/.test(value)))
      report.add({ ...ask, reason: `${name} names a program to run` });
  } else if (
    name === 'NODE_OPTIONS' &&
    (isOpen(value) ||
      /(?:^|\s)(?:-r|--require|--import|--loader|--experimental-loader|--inspect|--env-file|--openssl-config|--eval|-e)\b/.test(
        value,
      ))
  )
    report.add({ ...ask, reason: 'NODE_OPTIONS makes Node load code' });
  else if (
    name === 'PATH' &&
    /^(?:\.{0,2}(?::|$)|\.{1,2}\/(?!node_modules\/|\.?venv\/)|\/tmp|\/dev|\/var\/tmp)|:\.?:|:$/.test(value)
  )
    report.add({ ...ask, reason: 'PATH makes names of commands mean other files' });
  if (isForeign(value) && name === 'PATH') report.add({ ...ask, reason: 'PATH comes from elsewhere' });
}
