import type { InputPart } from '@hotplex/aep-protocol';
import { z } from 'zod';
import { GatewayError } from '../../ground/gateway-error.ts';
import { agentName, providerId } from './session-info.ts';

const part = z.union([
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({
    type: z.literal('file'),
    mime: z.string(),
    url: z.string(),
    filename: z.string().optional(),
  }),
  z.object({ type: z.enum(['agent', 'subtask']) }),
]);

/** The body of a prompt of OpenCode’s clients. */
export const promptBody = z.object({
  messageID: z.string().startsWith('msg').max(128).optional(),
  model: z.object({ providerID: z.string(), modelID: z.string() }).optional(),
  agent: z.string().optional(),
  noReply: z.boolean().optional(),
  system: z.string().optional(),
  tools: z.record(z.string(), z.boolean()).optional(),
  parts: z.array(part).min(1),
});

export type PromptBody = z.infer<typeof promptBody>;

const notSupported = (what: string, remedy: string) =>
  new GatewayError('NOT_SUPPORTED', `${what} is not possible here: ${remedy}`);

/** Throws NOT_SUPPORTED for what would silently not be so. */
export function requireModel(
  model: { providerID: string; modelID: string } | undefined,
  workerType: string,
): void {
  if (!model || (model.providerID === providerId && model.modelID === workerType)) return;
  throw notSupported(
    `${model.providerID}/${model.modelID} in this session`,
    `it runs ${providerId}/${workerType}; open another session for another agent`,
  );
}

/** A prompt as we have it. Throws NOT_SUPPORTED for what no agent here would get. */
export function toPrompt(body: PromptBody): { content: string; parts?: InputPart[] } {
  const { agent = agentName, noReply = false, system, tools } = body;
  if (agent !== agentName) throw notSupported(`the agent ${agent}`, `there is only ${agentName}`);
  if (noReply) throw notSupported('noReply', 'every prompt is answered');
  if (system !== undefined) throw notSupported('system', 'the agent has its own system prompt');
  if (tools && Object.keys(tools).length > 0)
    throw notSupported('tools', 'which tools may run is decided by the gateway’s policy');
  const content = body.parts.flatMap((each) => (each.type === 'text' ? [each.text] : [])).join('\n\n');
  const files = body.parts.flatMap((each) => (each.type === 'text' ? [] : [toInputPart(each)]));
  return { content, ...(files.length > 0 ? { parts: files } : {}) };
}

function toInputPart(each: Exclude<PromptBody['parts'][number], { type: 'text' }>): InputPart {
  if (each.type !== 'file') throw notSupported(`a part of type ${each.type}`, 'say it in the text');
  const image = /^data:(image\/[\w.+-]+);base64,(.*)$/s.exec(each.url);
  if (!image?.[1] || image[2] === undefined)
    throw notSupported(
      `the file ${each.filename ?? each.mime}`,
      'images can be sent; name others in the text',
    );
  const name = each.filename === undefined ? {} : { name: each.filename };
  return { type: 'image', media_type: image[1], data: image[2], ...name };
}
