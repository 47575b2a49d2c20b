import * as z from 'zod';
import type { HookMessage } from './hook-message.ts';

const text = z.string().optional().catch(undefined);
/** What the words are made of; content is missing where it is not to leave the gateway. */
const said = z.object({
  state: text,
  author: text,
  code: text,
  message: text,
  name: text,
  title: text,
  tool_name: text,
  description: text,
  mcp_server_name: text,
  action: text,
  by: text,
  allowed: z.boolean().optional().catch(undefined),
  success: z.boolean().optional().catch(undefined),
  policy: z.object({ command: text }).optional().catch(undefined),
  budget: z.object({ period: z.string() }).optional().catch(undefined),
  questions: z
    .array(z.object({ question: z.string() }))
    .optional()
    .catch(undefined),
  stats: z
    .object({
      duration_ms: z.number().nullish(),
      cost_usd: z.number().nullish(),
      stop_reason: z.string().nullish(),
    })
    .optional()
    .catch(undefined),
});
type Said = z.infer<typeof said>;

/** Longer is for the web chat. In characters. */
const longest = 300;

const sentences: Record<string, (data: Said) => string> = {
  state: ({ state }) => `is ${state}`,
  input: ({ author }) => `has a new prompt${author ? ` by ${author}` : ''}`,
  error: ({ code, message }) => `reports ${code}${message ? `: ${message}` : ''}`,
  tool_call: ({ name, title }) => `uses ${name}${title ? `: ${title}` : ''}`,
  permission_request: ({ tool_name, policy, description }) =>
    `asks whether it may use ${tool_name}${detail(policy?.command ?? description)}`,
  'permission.resolved': ({ allowed, by }) => `may ${allowed ? '' : 'not '}go on${by ? `, says ${by}` : ''}`,
  question_request: ({ questions, budget }) =>
    budget === undefined
      ? `has a question${detail(questions?.[0]?.question)}`
      : `waits: the budget of its ${budget.period} is used up`,
  elicitation_request: ({ mcp_server_name, message }) =>
    `needs data for ${mcp_server_name}${detail(message)}`,
  done: ({ success, stats }) => {
    const figures = [toDuration(stats?.duration_ms), toCost(stats?.cost_usd)].filter(
      (one) => one !== undefined,
    );
    const end = success ? 'is done' : stats?.stop_reason === 'interrupted' ? 'was stopped' : 'did not finish';
    return `${end}${figures.length > 0 ? ` (${figures.join(', ')})` : ''}`;
  },
};

/** One sentence about a message, for people in a chat. */
export function toWords({ type, data: { session, event } }: HookMessage): string {
  const who =
    session.title === undefined ? `${session.worker_type} (${session.id.slice(0, 8)})` : session.title;
  const sentence = sentences[type]?.(said.parse(event.data)) ?? `tells of ${type}`;
  const words = `${who} ${sentence}.`;
  return words.length > longest ? `${words.slice(0, longest - 1)}…` : words;
}

const detail = (words: string | undefined) => (words ? `: ${words}` : '');
const toDuration = (ms: number | null | undefined) =>
  ms == null ? undefined : `${Math.round(ms / 1_000)} s`;
const toCost = (usd: number | null | undefined) => (usd ? `$${usd.toFixed(2)}` : undefined);
