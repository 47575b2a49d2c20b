import { childEnvironment } from '../../process/environment.ts';

/** What Claude Code gets of the operator's environment beside what every agent gets; `PREFIX_*` stands for all that begin so. */
const claudeCodeEnvironment: readonly string[] = [
  ...['LOGNAME', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  // Where its model is, how patient it is and where its home is.
  ...['ANTHROPIC_*', 'API_TIMEOUT_MS', 'CLAUDE_CONFIG_DIR', 'CLAUDE_CODE_OAUTH_TOKEN'],
  ...['CLAUDE_CODE_USE_BEDROCK', 'CLAUDE_CODE_USE_VERTEX', 'CLAUDE_CODE_USE_FOUNDRY'],
  ...['CLAUDE_CODE_SKIP_BEDROCK_AUTH', 'CLAUDE_CODE_SKIP_VERTEX_AUTH', 'CLAUDE_CODE_SKIP_FOUNDRY_AUTH'],
  ...['CLAUDE_CODE_TMPDIR', 'CLAUDE_CODE_MAX_RETRIES', 'CLAUDE_CODE_MAX_OUTPUT_TOKENS'],
];

/**
 * Fixed by us, whatever the operator's environment says.
 * NOTE: CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK stays unset on purpose: when a stream breaks with an error the CLI
 * asks again without streaming and takes the first words back, which we pass on; without it the turn would fail.
 */
const fixed = {
  // Without it the CLI never says that it is idle again.
  CLAUDE_CODE_EMIT_SESSION_STATE_EVENTS: '1',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  DISABLE_TELEMETRY: '1',
  DISABLE_ERROR_REPORTING: '1',
  DISABLE_BUG_COMMAND: '1',
  // The version is the operator's choice.
  DISABLE_AUTOUPDATER: '1',
};

/** Else the CLI refuses the mode that never asks to root. */
export const inSandbox = { IS_SANDBOX: '1' };

/** The whole environment of the child: what is not named here, or in `more` by the operator, does not exist for it. */
export function toClaudeEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
  more: readonly string[] = [],
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return childEnvironment({
    inherited,
    allow: [...claudeCodeEnvironment, ...more],
    extra: { ...fixed, ...extra },
  });
}
