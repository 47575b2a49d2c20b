// The demo agent: a program of its own that speaks one JSON object per line on stdin and stdout. It has no model.
import { readFileSync, writeFileSync } from 'node:fs';
import { findScene, type Memory } from './scenes.ts';
import { Failed, Interrupted, Stage } from './stage.ts';

const [memoryFile = '', paceText = '1'] = process.argv.slice(2);
const pace = Number(paceText);

type Prompt = { input_id: string; content: string };
type Line = { type: string; input_id: string; content: string; id: string } & Record<string, unknown>;

function readMemory(): Memory {
  try {
    return JSON.parse(readFileSync(memoryFile, 'utf8')) as Memory;
  } catch {
    return { words: undefined, allowedForSession: false };
  }
}

let memory = readMemory();
let stage: Stage | undefined;
let turns = 0;
const write = (line: string) => void process.stdout.write(`${line}\n`);

async function play({ input_id, content }: Prompt): Promise<void> {
  turns += 1;
  const current = new Stage({ pace, turn: `${process.pid}-${turns}`, write });
  stage = current;
  const startedAt = performance.now();
  let stopReason = 'end_turn';
  if (turns === 1)
    current.tell('session.title', { title: content.trim().split('\n')[0]?.slice(0, 60) ?? 'Demo' });
  try {
    await findScene(content).play({
      stage: current,
      prompt: content,
      memory,
      pid: process.pid,
      remember(next) {
        memory = next;
        writeFileSync(memoryFile, JSON.stringify(next));
      },
    });
  } catch (error) {
    if (error instanceof Failed) {
      stopReason = 'error';
      current.tell('error', { code: error.code, message: error.message });
    } else if (error instanceof Interrupted) stopReason = 'interrupted';
    else throw error;
  }
  stage = undefined;
  const nothing = {
    input_tokens: null,
    output_tokens: null,
    cache_read_tokens: null,
    cache_write_tokens: null,
    total_tokens: null,
    cost_usd: null,
  };
  current.tell('done', {
    success: stopReason === 'end_turn',
    input_ids: [input_id],
    stats: {
      ...nothing,
      duration_ms: Math.round(performance.now() - startedAt),
      time_to_first_token_ms:
        current.firstWordAt === undefined ? null : Math.round(current.firstWordAt - startedAt),
      tool_calls: current.toolCalls,
      model: 'demo',
      context_used_percent: null,
      stop_reason: stopReason,
    },
  });
}

function take(line: Line): void {
  if (line.type === 'prompt') void play(line);
  else if (line.type === 'interrupt') stage?.interrupt();
  else if (line.type === 'respond') stage?.answer(line);
  else if (line.type === 'steer' && stage) {
    stage.steered.push(line.content);
    stage.tell('input.taken', { input_id: line.input_id });
  }
}

let rest = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk: string) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) if (line !== '') take(JSON.parse(line) as Line);
});
process.stdin.on('end', () => process.exit(0));
write(JSON.stringify({ type: 'worker.ready', data: { models: [{ id: 'demo', name: 'Demo script' }] } }));
