import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as z from 'zod';
import { createAcp } from '../../../src/worker/acp/definition.ts';
import { adoptionContract, type RecordedStep } from '../../contracts/adoption-contract.ts';
import { transcripts } from './replay.ts';

const line = z.object({ t: z.number(), dir: z.string(), data: z.unknown() });
const id = z.union([z.string(), z.number()]);
const rpc = z.looseObject({
  id: id.nullish(),
  method: z.string().optional(),
  params: z.looseObject({ modelId: z.string().optional(), modeId: z.string().optional() }).optional(),
  result: z
    .looseObject({ outcome: z.looseObject({ optionId: z.string().optional() }).optional() })
    .optional()
    .catch(undefined),
});
type Rpc = z.infer<typeof rpc>;

/** NOTE: the two directions number their requests alike; these are told apart from the agent's own. */
const ours = (number: z.infer<typeof id>) => `ours ${number}`;

/** What the worker finds out by itself when it starts: the recorded one did so too, and had other answers. */
const beforeTheFirst = ['initialize', 'session/new', 'session/load', 'session/resume'];

function steps(name: string): RecordedStep[] {
  const text = readFileSync(new URL(`../../transcripts/acp/${name}.ndjson`, import.meta.url), 'utf8');
  const opening = new Set<string>();
  /** The requests for permission that the agent made, and how the log calls them: nothing else is given an id. */
  const names = new Map<z.infer<typeof id>, string>();
  let asked = 0;
  return text.split('\n').flatMap((each): RecordedStep[] => {
    if (each === '') return [];
    const { t, dir, data } = line.parse(JSON.parse(each));
    const message = rpc.safeParse(data).data;
    const at = Math.round(t);
    if (dir === 'in' && message) {
      const { method = '', id: number } = message;
      if (number != null && beforeTheFirst.includes(method)) opening.add(ours(number));
      return toStep(message, { at, names });
    }
    if (dir !== 'out') return [];
    const isAnswer = message?.id != null && message.method === undefined;
    if (!isAnswer) {
      if (message?.method === 'session/request_permission' && message.id != null) {
        asked += 1;
        names.set(message.id, `uuid-${asked}`);
      }
      return [{ at, line: JSON.stringify(data) }];
    }
    const name = ours(message.id ?? '');
    return opening.has(name) ? [] : [{ at, line: JSON.stringify({ ...message, id: name }) }];
  });
}

function toStep(
  { id: number, method, params, result }: Rpc,
  { at, names }: { at: number; names: ReadonlyMap<z.infer<typeof id>, string> },
): RecordedStep[] {
  if (method === 'session/cancel') return [{ at, id: 'cancel', interrupt: true }];
  if (number == null) return [];
  switch (method) {
    case 'session/prompt':
      return [{ at, id: ours(number), prompt: { inputId: ours(number), content: 'words' } }];
    case 'session/set_model':
      return [{ at, id: ours(number), command: { command: 'set_model', args: params?.modelId ?? '' } }];
    case 'session/set_mode':
      return [{ at, id: ours(number), command: { command: 'set_permission', args: params?.modeId ?? '' } }];
    case undefined: {
      const optionId = result?.outcome?.optionId;
      const ask = names.get(number);
      return ask === undefined
        ? []
        : [{ at, answer: { id: ask, allowed: /allow|once|always/.test(optionId ?? '') } }];
    }
    default:
      return [];
  }
}

const written = z.looseObject({ id: z.number().optional(), method: z.string().optional() });

adoptionContract({
  name: 'acp',
  recordings: transcripts,
  steps,
  start: ({ adopt, ...surroundings }, listener) =>
    createAcp({
      ...surroundings,
      environment: {},
      agents: { recorded: { command: process.execPath } },
      // The files of the recordings are not in it, and so are not written.
    }).start({ workDir: tmpdir(), config: { agent: 'recorded' }, adopt }, listener),
  greet(line) {
    const { id, method } = written.parse(JSON.parse(line));
    const result =
      method === 'initialize'
        ? { protocolVersion: 1, agentInfo: { version: '1' }, agentCapabilities: { loadSession: true } }
        : { sessionId: 's-1' };
    return JSON.stringify({ jsonrpc: '2.0', id, result });
  },
  idOf: (line) => written.parse(JSON.parse(line)).id,
  isPrompt: (line) => line.includes('"method":"session/prompt"'),
});
