import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { gatewayPlaces } from '../gateway-places.ts';
import { systemClock as clock } from '../ground/clock.ts';
import { StartError } from '../ground/start-error.ts';
import { ownAddresses } from '../own-addresses.ts';
import { createPolicy } from '../policy/create-policy.ts';
import { decidePath } from '../policy/path/decide-path.ts';
import type { Decision, PolicyContext, ToolCall, Verdict } from '../policy/policy.ts';
import { decideUrl } from '../policy/url/decide-url.ts';
import { resolveName } from '../policy/url/resolve-name.ts';
import { vetUrl } from '../policy/url/vet-url.ts';
import type { Command } from './command.ts';
import { openConfig } from './open-config.ts';
import { parseArguments } from './parse-arguments.ts';
import { answerLines } from './policy-batch.ts';
import { fileAction, type Question, toCall } from './policy-question.ts';
import { showVerdict } from './show-verdict.ts';

const help = `hotplex policy – what would be answered to a tool call of an agent; nothing is run, read or fetched

  hotplex policy check COMMAND  [--cwd DIR] [--work-dir DIR]
  hotplex policy url   URL      [--resolve]
  hotplex policy path  PATH     [--op read|write|delete] [--cwd DIR] [--work-dir DIR]
  hotplex policy --jsonl        one question a line on stdin, one answer a line on stdout

  --cwd DIR       where the agent is; default: here
  --work-dir DIR  the work dir of its session; default: where it is
  --op ACTION     what is done with the path; default: write, which is judged most strictly
  --resolve       ask for the addresses of a host name, too
  --config FILE   the configuration that says what is the gateway's own

  Exit code: 0 for allow, 1 for ask, 2 for deny, 3 if the question is none. With --jsonl 0: each line is answered with
  {"decision", "rule", "reason"}, or with {"error", "line"} if it is not {"cmd" | "url" | "path", "cwd"?, "op"?}.`;

const exitCodes: Readonly<Record<Decision, number>> = { allow: 0, ask: 1, deny: 2 };
const notAsked = 3;

const options = {
  config: { type: 'string', short: 'c' },
  cwd: { type: 'string', default: '.' },
  'work-dir': { type: 'string' },
  op: { type: 'string' },
  resolve: { type: 'boolean', default: false },
  jsonl: { type: 'boolean', default: false },
} as const;

/** Asks the policy without an agent: a dry run. */
export const policyCommand: Command = {
  name: 'policy',
  usage: [['policy check|url|path WHAT | --jsonl', 'what an agent may do; see hotplex policy --help']],
  help,
  async run(args) {
    try {
      return await ask(args);
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      console.error(`hotplex policy: ${error.message}`);
      return notAsked;
    }
  },
};

async function ask(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, options);
  const { config, files } = openConfig(values.config);
  const places = { home: homedir(), ...gatewayPlaces(config, files) };
  const judge = (question: Question): Promise<Verdict> => {
    const cwd = resolve(values.cwd, question.cwd ?? '.');
    const workDir = resolve(values['work-dir'] ?? cwd);
    return judgeCall(toCall(question, cwd), { context: { workDir, ...places }, resolves: values.resolve });
  };
  if (values.jsonl) {
    if (positionals.length > 0) throw new StartError('--jsonl takes its questions from stdin');
    const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
    await pipeline(answerLines(lines, judge), process.stdout, { end: false });
    return 0;
  }
  const verdict = await judge(toQuestion(positionals, values.op));
  console.log(showVerdict(verdict));
  return exitCodes[verdict.decision];
}

function toQuestion([kind, what, ...more]: readonly string[], op: string | undefined): Question {
  const action = fileAction.optional().safeParse(op);
  if (!action.success) throw new StartError('--op must be read, write or delete');
  if (what === undefined || more.length > 0)
    throw new StartError('ask about one command, URL or path, in quotes: see --help');
  if (kind === 'check') return { cmd: what };
  if (kind === 'url') return { url: what };
  if (kind === 'path') return { path: what, op: action.data };
  throw new StartError(`there is nothing to ask about a ${kind}: see --help`);
}

type Judging = { context: PolicyContext; resolves: boolean };

async function judgeCall(call: ToolCall, { context, resolves }: Judging): Promise<Verdict> {
  if (call.kind === 'url' && resolves)
    return vetUrl(call.url, { ...context, resolve: resolveName, ownAddresses });
  return policy.decide(call, context);
}

const policy = createPolicy({ decidePath, decideUrl, now: () => clock.elapsed() });
