import { childEnvironment } from '../../process/environment.ts';

/** What OpenCode gets of the operator's environment beside what every agent gets; `PREFIX_*` stands for all that begin so. */
const openCodeEnvironment: readonly string[] = [
  ...['LOGNAME', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  // Where its configuration, its sign-ins and its conversations are: the operator's own.
  ...['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME'],
  // Its own settings.
  ...['OPENCODE_CONFIG', 'OPENCODE_CONFIG_DIR', 'OPENCODE_CONFIG_CONTENT', 'OPENCODE_MODELS_PATH'],
  ...['OPENCODE_API_KEY', 'OPENCODE_DISABLE_MODELS_FETCH'],
  // Keys of the providers that OpenCode knows by their environment (models.dev); not those that open more than a model.
  ...['ANTHROPIC_*', 'OPENAI_*', 'OPENROUTER_API_KEY', 'GEMINI_API_KEY', 'GROQ_API_KEY', 'MISTRAL_API_KEY'],
  ...['GOOGLE_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY', 'GOOGLE_CLOUD_PROJECT', 'GOOGLE_CLOUD_LOCATION'],
  ...['GOOGLE_VERTEX_*', 'DEEPSEEK_API_KEY', 'XAI_API_KEY', 'AZURE_OPENAI_*', 'AZURE_RESOURCE_NAME'],
  ...['AZURE_API_KEY', 'AWS_PROFILE', 'AWS_REGION', 'AWS_BEARER_TOKEN_BEDROCK'],
];

/** Fixed by us, whatever the operator's environment says. */
const fixed = {
  // A work dir is untrusted: its .opencode/plugin/*.js would run, and its opencode.json start MCP servers.
  OPENCODE_DISABLE_PROJECT_CONFIG: '1',
  // The version is the operator's choice, and nothing is downloaded or shared in their name.
  OPENCODE_DISABLE_AUTOUPDATE: '1',
  OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
  OPENCODE_DISABLE_SHARE: '1',
  // Instructions and skills of other agents in the work dir or the home.
  OPENCODE_DISABLE_CLAUDE_CODE: '1',
  OPENCODE_DISABLE_EXTERNAL_SKILLS: '1',
};

/**
 * The whole environment of the child: what is not named here, or in `more` by the operator, does not exist for it.
 * NOTE: OPENCODE_DISABLE_EMBEDDED_WEB_UI stays unset on purpose: with it unknown paths are fetched from outside.
 */
export function toOpenCodeEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
  { more = [], extra = {} }: { more?: readonly string[]; extra?: Readonly<Record<string, string>> } = {},
): Record<string, string> {
  return childEnvironment({
    inherited,
    allow: [...openCodeEnvironment, ...more],
    extra: { ...fixed, ...extra },
  });
}
