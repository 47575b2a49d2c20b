import * as z from 'zod';
import type { WorkerEvent } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import type { SessionApi } from './session-api.ts';

export const commandNames = [
  'set_model',
  'model',
  'set_permission',
  'context_usage',
  'mcp_status',
  'skills',
  'compact',
  'clear',
] as const;

const words = z.string().nullish();
const mcpStatus = z.record(z.string(), z.looseObject({ status: z.string() }));
const named = z.array(z.looseObject({ name: z.string(), description: words }));

export function refusal(
  code: 'NOT_SUPPORTED' | 'CONFIG_INVALID' | 'SESSION_BUSY' | 'INTERNAL_ERROR',
  message: string,
): WorkerEvent[] {
  return [{ type: 'error', data: { code, message } }];
}

export function notice(data: Extract<WorkerEvent, { type: 'worker.notice' }>['data']): WorkerEvent[] {
  return [{ type: 'worker.notice', data }];
}

/** How full the context is after the last answer. */
export function toContextUsage({ contextTokens, windows }: Conversation, model: string): WorkerEvent[] {
  const max_tokens = windows.get(model);
  if (max_tokens === undefined) return refusal('NOT_SUPPORTED', `How much ${model} can hold is not known.`);
  const total_tokens = contextTokens ?? 0;
  const percentage = Math.round((total_tokens / max_tokens) * 1_000) / 10;
  return [{ type: 'context_usage', data: { total_tokens, max_tokens, percentage, model } }];
}

export async function readMcpStatus(api: SessionApi): Promise<WorkerEvent[]> {
  const servers = Object.entries(mcpStatus.parse(await api.read('/mcp')));
  const data = { servers: servers.map(([name, { status }]) => ({ name, status })) };
  return [{ type: 'mcp_status', data }];
}

export async function readSkills(api: SessionApi, filter: string | undefined): Promise<WorkerEvent[]> {
  const found = named.parse(await api.read('/skill'));
  const skills = found
    .filter(({ name }) => filter === undefined || name.includes(filter))
    .map(({ name, description }) => ({ name, description: description ?? undefined }));
  return [{ type: 'skills_list', data: { skills, total: skills.length, filter } }];
}
