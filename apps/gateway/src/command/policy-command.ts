import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { gatewayPlaces } from '../gateway-places.ts';
import { processorTime } from '../ground/processor-time.ts';
import { StartError } from '../ground/start-error.ts';
import { ownAddresses } from '../own-addresses.ts';
import { createPolicy } from '../policy/create-policy.ts';
import { decidePath } from '../policy/path/decide-path.ts';
import type { Decision, PolicyContext, ToolCall, Verdict } from '../policy/policy.ts';
import { decideUrl } from '../policy/url/decide-url.ts';
import { resolveName } from '../policy/url/resolve-name.ts';
import { vetUrl } from '../policy/url/vet-url.ts';
import type { RunCommand } from './command.ts';
import { openConfig } from './open-config.ts';
import { answerLines } from './policy-batch.ts';
import { type Question, toCall } from './policy-question.ts';
import { callOf, readArguments } from './read-arguments.ts';
import { showVerdict } from './show-verdict.ts';
import { policy as description } from './table/policy.ts';
import { UsageError } from './usage-error.ts';

const exitCodes: Readonly<Record<Decision, number>> = { allow: 0, ask: 1, deny: 2 };
const notAsked = 3;

/** Asks the policy without an agent: a dry run. */
export const runPolicy: RunCommand = async (args) => {
  try {
    return await ask(args);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    console.error(`hotplex policy: ${error.message}`);
    return notAsked;
  }
};

async function ask(args: readonly string[]): Promise<number> {
  const { action, words, values } = readArguments(description, args);
  const { config, files } = openConfig(values.config);
  const places = { home: homedir(), ...gatewayPlaces(config, files) };
  const { cwd: base = '.', 'work-dir': workDirGiven, op, resolve: resolves = false } = values;
  const judge = (question: Question): Promise<Verdict> => {
    const cwd = resolve(base, question.cwd ?? '.');
    const workDir = resolve(workDirGiven ?? cwd);
    return judgeCall(toCall(question, cwd), { context: { workDir, ...places }, resolves });
  };
  if (values.jsonl) {
    if (action !== undefined) throw new StartError('--jsonl takes its questions from stdin');
    const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
    await pipeline(answerLines(lines, judge), process.stdout, { end: false });
    return 0;
  }
  const [what = ''] = words;
  if (action === undefined) throw new UsageError(callOf(description));
  const verdict = await judge(
    action === 'check' ? { cmd: what } : action === 'url' ? { url: what } : { path: what, op },
  );
  console.log(values.json ? JSON.stringify(verdict) : showVerdict(verdict));
  return exitCodes[verdict.decision];
}

type Judging = { context: PolicyContext; resolves: boolean };

async function judgeCall(call: ToolCall, { context, resolves }: Judging): Promise<Verdict> {
  if (call.kind === 'url' && resolves)
    return vetUrl(call.url, { ...context, resolve: resolveName, ownAddresses });
  return policy.decide(call, context);
}

const policy = createPolicy({ decidePath, decideUrl, now: processorTime });
