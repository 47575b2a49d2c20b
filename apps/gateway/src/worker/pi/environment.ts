import { childEnvironment } from '../../process/environment.ts';
import { type GateSetup, setupVariable } from './gate.ts';

/** What Pi gets of the operator's environment beside what every agent gets; `PREFIX_*` stands for all that begin so. */
const piEnvironment: readonly string[] = [
  ...['LOGNAME', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  // Its home, and where its conversations are.
  ...['PI_CODING_AGENT_DIR', 'PI_CODING_AGENT_SESSION_DIR', 'PI_PACKAGE_DIR', 'PI_CACHE_RETENTION'],
  // The keys of its providers, as `pi --help` lists them; not those that open more than a model (AWS_SECRET_ACCESS_KEY).
  ...['ANTHROPIC_*', 'OPENAI_API_KEY', 'AZURE_OPENAI_*', 'GEMINI_API_KEY', 'OPENROUTER_API_KEY'],
  ...['DEEPSEEK_API_KEY', 'NVIDIA_API_KEY', 'GROQ_API_KEY', 'CEREBRAS_API_KEY', 'XAI_API_KEY'],
  ...['FIREWORKS_API_KEY', 'TOGETHER_API_KEY', 'BASETEN_API_KEY', 'AI_GATEWAY_API_KEY', 'META_API_KEY'],
  ...['MISTRAL_API_KEY', 'MINIMAX_API_KEY', 'MOONSHOT_API_KEY', 'KIMI_API_KEY', 'ANT_LING_API_KEY'],
  ...['ZAI_*', 'QWEN_*', 'XIAOMI_*', 'AWS_PROFILE', 'AWS_REGION', 'AWS_BEARER_TOKEN_BEDROCK'],
  ...['CLOUDFLARE_API_KEY', 'CLOUDFLARE_ACCOUNT_ID', 'CLOUDFLARE_GATEWAY_ID'],
];

/** Fixed by us, whatever the operator's environment says. */
const fixed = {
  // Nothing is fetched at a start: no catalogues, packages or helper programs that nobody asked for.
  PI_OFFLINE: '1',
  PI_TELEMETRY: '0',
  // The version is the operator's choice.
  PI_SKIP_VERSION_CHECK: '1',
};

/** The whole environment of the child: what is not named here, or in `more` by the operator, does not exist for it. */
export function toPiEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
  { more = [], setup = {} }: { more?: readonly string[]; setup?: GateSetup } = {},
): Record<string, string> {
  const isEmpty = setup.systemPrompt === undefined && setup.mcpServers === undefined;
  const extra = isEmpty ? fixed : { ...fixed, [setupVariable]: JSON.stringify(setup) };
  return childEnvironment({ inherited, allow: [...piEnvironment, ...more], extra });
}
