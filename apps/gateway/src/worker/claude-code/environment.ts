/** What Claude Code gets of the operator's environment; `PREFIX_*` stands for all that begin so. */
export const claudeCodeEnvironment: readonly string[] = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_*', 'TZ', 'TMPDIR'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  // Where its model is and how it signs in there.
  ...['ANTHROPIC_*', 'CLAUDE_CODE_OAUTH_TOKEN', 'API_TIMEOUT_MS'],
  ...['CLAUDE_CODE_USE_BEDROCK', 'CLAUDE_CODE_USE_VERTEX', 'CLAUDE_CODE_USE_FOUNDRY'],
  ...['CLAUDE_CODE_SKIP_BEDROCK_AUTH', 'CLAUDE_CODE_SKIP_VERTEX_AUTH', 'CLAUDE_CODE_SKIP_FOUNDRY_AUTH'],
  // Its home and its patience.
  ...['CLAUDE_CONFIG_DIR', 'CLAUDE_CODE_TMPDIR', 'CLAUDE_CODE_MAX_RETRIES', 'CLAUDE_CODE_MAX_OUTPUT_TOKENS'],
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

/** The whole environment of the child, built from nothing: what is not named here does not exist for it. */
export function toClaudeEnvironment(
  operator: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const allowed = Object.entries(operator).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && isAllowed(entry[0]),
  );
  return { ...Object.fromEntries(allowed), ...fixed };
}

function isAllowed(name: string): boolean {
  return claudeCodeEnvironment.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  );
}
