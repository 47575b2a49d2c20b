import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import process, { exit, pid, stderr, stdin, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { Conversation } from './agent/conversation.ts';
import { decodeRequest } from './agent/decode-request.ts';
import { Memory } from './agent/memory.ts';
import { defaultModel, demoModels, findModel } from './agent/models.ts';
import { createOutput } from './agent/output.ts';
import { createPace } from './agent/pace.ts';
import { readLines } from './agent/read-lines.ts';
import { scripts } from './agent/scripts.ts';
import { demoVersion } from './agent/version.ts';

/*
 * The demo agent as a program: NDJSON in, NDJSON out. It needs nothing but Node and the files of this folder.
 *   node demo-agent.ts --state-dir=DIR [--resume=ID | --fork=ID [--turns=N]] [--model=ID]      DEMO_PACE=0 speaks without pauses
 *   DEMO_JOURNAL=FILE: each prompt is written there when it is heard, so that a test knows what arrived
 */

function refuse(words: string): never {
  stderr.write(`demo agent: ${words}\n`);
  exit(2);
}

function createMemory(): Memory {
  try {
    return Memory.create(memoryOptions);
  } catch (error) {
    refuse(`it cannot write its memory: ${error}`);
  }
}

const { values } = parseArgs({
  options: {
    'state-dir': { type: 'string' },
    resume: { type: 'string' },
    fork: { type: 'string' },
    turns: { type: 'string' },
    model: { type: 'string' },
  },
});
const { 'state-dir': directory, resume, fork, turns, model: modelId = defaultModel.id } = values;
const model = findModel(modelId);
const pace = Number(process.env.DEMO_PACE ?? 1);
const journal = process.env.DEMO_JOURNAL;

if (directory === undefined) refuse('--state-dir is missing');
if (!model)
  refuse(`there is no model ${modelId}; choose one of ${demoModels.map(({ id }) => id).join(', ')}`);
if (!Number.isFinite(pace) || pace < 0) refuse('DEMO_PACE must be a number that is not negative');

const output = createOutput(stdout);
const memoryOptions = { directory, newSession: () => randomUUID() };
const from = resume ?? fork;
const known = from === undefined ? undefined : Memory.resume(from, memoryOptions);
const found =
  resume === undefined ? known?.branchOff(turns === undefined ? undefined : Number(turns)) : known;
const memory = found ?? createMemory();
const lost = from !== undefined && !found ? `the demo agent has no memory of ${from}` : undefined;

const conversation = new Conversation(
  {
    output,
    memory,
    pid,
    pace: createPace(pace),
    newId: (prefix) => `${prefix}_${randomUUID()}`,
    elapsed: () => performance.now(),
    async crash(code, words) {
      await output.flush();
      stderr.write(`${words}\n`, () => exit(code));
      return new Promise(() => {});
    },
  },
  model,
);

output.write({
  type: 'hello',
  version: demoVersion,
  session: memory.session,
  lost,
  models: demoModels.map(({ id, name, description }) => ({ id, name, description })),
  prompts: scripts.map(({ keyword, shows }) => ({ name: keyword, description: shows })),
  tools: ['search_files', 'read_file', 'edit_file', 'run_command', 'make_tea', 'agent'],
});

// Whoever reads is gone: nobody is left to talk to.
stdout.on('error', () => exit(0));

for await (const line of readLines(stdin)) {
  const request = decodeRequest(line);
  if (request) {
    const isPrompt = request.type === 'prompt' || request.type === 'steer';
    if (journal !== undefined && isPrompt) appendFileSync(journal, `${JSON.stringify({ id: request.id })}\n`);
    conversation.take(request);
  } else stderr.write('demo agent: a line that is no request was ignored\n');
}
exit(0);
