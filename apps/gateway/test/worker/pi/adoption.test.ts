import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { createPi } from '../../../src/worker/pi/definition.ts';
import { adoptionContract, type RecordedStep } from '../../contracts/adoption-contract.ts';
import { transcripts } from './replay.ts';

const line = z.object({ t: z.number(), dir: z.string(), data: z.unknown() });

const word = z.string().optional();
const sent = z.looseObject({
  ...{ type: z.string(), id: z.string(), message: word, value: word, level: word },
  ...{ provider: word, modelId: word, confirmed: z.boolean().optional() },
});
const named = z.looseObject({ id: z.string(), type: z.string() });

function steps(name: string): RecordedStep[] {
  const text = readFileSync(new URL(`../../transcripts/pi/${name}.ndjson`, import.meta.url), 'utf8');
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
  const { type, id, message = '', value, confirmed, level, provider, modelId } = record;
  switch (type) {
    case 'prompt':
    case 'steer':
    case 'follow_up':
      return [{ at, id, prompt: { inputId: id, content: message } }];
    case 'extension_ui_response':
      // These extensions took the plain words "allow" and "deny".
      return [{ at, answer: { id, allowed: value === 'allow' || confirmed === true } }];
    case 'abort':
      return [{ at, id, interrupt: true }];
    case 'set_model':
      return [{ at, id, command: { command: 'set_model', args: `${provider}/${modelId}` } }];
    case 'set_thinking_level':
      return [{ at, id, command: { command: 'effort', args: level } }];
    case 'get_session_stats':
      return [{ at, id, command: { command: 'context_usage' } }];
    case 'get_commands':
      return [{ at, id, command: { command: 'skills' } }];
    case 'compact':
      return [{ at, id, command: { command: 'compact' } }];
    case 'new_session':
      return [{ at, id, command: { command: 'clear' } }];
    default:
      return [];
  }
}

const model = { provider: 'fake', id: 'fake-model', contextWindow: 200_000 };
const replies: Readonly<Record<string, unknown>> = {
  get_state: { sessionId: 'session', messageCount: 0, model },
  get_available_models: { models: [model, { ...model, id: 'fake-model-2' }] },
  get_commands: { commands: [{ name: 'skill:x', description: 'y' }] },
};

adoptionContract({
  name: 'pi',
  recordings: transcripts,
  steps,
  start: ({ adopt, ...surroundings }, listener) =>
    createPi({ ...surroundings, environment: {}, command: process.execPath }).start(
      { workDir: '/workspace', config: {}, adopt },
      listener,
    ),
  greet(written) {
    const { id, type: command } = named.parse(JSON.parse(written));
    return JSON.stringify({ type: 'response', id, command, success: true, data: replies[command] });
  },
  idOf: (written) => named.safeParse(JSON.parse(written)).data?.id,
  isPrompt: (written) => /"type":"(prompt|compact|new_session)"/.test(written),
});
