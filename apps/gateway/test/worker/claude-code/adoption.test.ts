import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { createClaudeCode } from '../../../src/worker/claude-code/definition.ts';
import { adoptionContract, type RecordedStep } from '../../contracts/adoption-contract.ts';
import { transcripts } from './replay.ts';

const line = z.object({ t: z.number(), dir: z.string(), data: z.unknown() });

const sent = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('user'), uuid: z.string() }),
  z.looseObject({
    type: z.literal('control_request'),
    request_id: z.string(),
    request: z.looseObject({
      subtype: z.string(),
      model: z.string().optional(),
      mode: z.string().optional(),
    }),
  }),
  z.looseObject({
    type: z.literal('control_response'),
    response: z.looseObject({
      request_id: z.string(),
      response: z.looseObject({ behavior: z.string().optional(), action: z.string().optional() }).optional(),
    }),
  }),
]);
const named = z.looseObject({ uuid: z.string().optional(), request_id: z.string().optional() });

function steps(name: string): RecordedStep[] {
  const text = readFileSync(new URL(`../../transcripts/claude-code/${name}.ndjson`, import.meta.url), 'utf8');
  return text.split('\n').flatMap((each): RecordedStep[] => {
    if (each === '') return [];
    const { t, dir, data } = line.parse(JSON.parse(each));
    const at = Math.round(t);
    if (dir === 'out') return [{ at, line: JSON.stringify(data) }];
    const record = dir === 'in' ? sent.safeParse(data).data : undefined;
    return record ? toStep(record, at) : [];
  });
}

function toStep(record: z.infer<typeof sent>, at: number): RecordedStep[] {
  switch (record.type) {
    case 'user': {
      const { uuid: id } = record;
      return [{ at, id, prompt: { inputId: id, content: 'words' } }];
    }
    case 'control_response': {
      const { request_id: id, response } = record.response;
      return [
        { at, answer: { id, allowed: response?.behavior === 'allow' || response?.action === 'accept' } },
      ];
    }
    case 'control_request': {
      const { request_id: id, request } = record;
      const { subtype, model, mode } = request;
      if (subtype === 'interrupt') return [{ at, id, interrupt: true }];
      const commands: Readonly<Record<string, { command: string; args?: string }>> = {
        set_model: { command: 'set_model', args: model },
        set_permission_mode: { command: 'set_permission', args: mode },
        get_context_usage: { command: 'context_usage' },
        mcp_status: { command: 'mcp_status' },
      };
      const command = commands[subtype];
      return command ? [{ at, id, command }] : [];
    }
  }
}

adoptionContract({
  name: 'claude_code',
  recordings: transcripts,
  steps,
  start: ({ adopt, ...surroundings }, listener) =>
    createClaudeCode({
      ...surroundings,
      environment: {},
      command: process.execPath,
      allowBypass: true,
    }).start({ workDir: '/workspace', config: {}, adopt }, listener),
  greet(written) {
    const { request_id } = named.parse(JSON.parse(written));
    const response = { subtype: 'success', request_id, response: { models: [{ value: 'm' }] } };
    return JSON.stringify({ type: 'control_response', response });
  },
  idOf(written) {
    const { uuid, request_id } = named.parse(JSON.parse(written));
    return uuid ?? request_id;
  },
  isPrompt: (written) => written.startsWith('{"type":"user"'),
});
