import type { CommandDescription } from '../command.ts';
import { accessOptions, sessionOptions } from './access-options.ts';
import { jsonOption } from './shared-options.ts';

export const run = {
  name: 'run',
  group: 'agents',
  purpose: 'one prompt, one turn of an agent, for scripts and pipelines',
  words: 'PROMPT',
  options: {
    ...sessionOptions,
    session: {
      short: 's',
      value: 'ID',
      purpose: 'go on with this session; agent, cwd, model and isolation are its own then',
    },
    permission: {
      short: 'p',
      value: 'HOW',
      choices: ['allow', 'deny', 'ask'],
      purpose: 'what to say when the agent asks; default: ask in a terminal, else deny',
    },
    timeout: { short: 't', value: 'TIME', purpose: 'interrupt the turn after this time, such as 90s or 10m' },
    ...jsonOption,
    'stream-json': { purpose: 'print every event as it comes, one JSON object a line, the result last' },
    ...accessOptions,
  },
  examples: [
    ["run 'why does the build fail?'", 'the answer goes to stdout, all else to stderr'],
    ['run --json -p allow -t 10m - < prompt.txt', 'in a pipeline'],
    ["run --session 4f1c… 'and now the tests'", 'go on'],
  ],
  notes: [
    'PROMPT is one word for the shell: put it in quotes; - reads it from stdin. If no gateway of this machine’s data runs,',
    'one is started for this command and ends with it; the session stays. An agent that asks something that nobody answers',
    'is interrupted, or waits for you if the gateway stays: hotplex chat --resume ID. Ctrl+C interrupts the turn, twice leaves.',
    '--json prints {"ok", "session_id", "turn_id", "agent", "text", "stop_reason", "denied", "waits_for", "error", "stats"}.',
  ],
  exitCodes: {
    0: 'done',
    1: 'the turn failed',
    2: 'the call is none',
    3: 'it needs an answer, or was denied something',
    4: 'no gateway, or it does not let us in',
    124: 'after the timeout',
    130: 'after Ctrl+C',
  },
} as const satisfies CommandDescription;
