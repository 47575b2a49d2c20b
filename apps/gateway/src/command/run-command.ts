import { text } from 'node:stream/consumers';
import { duration } from '../settings/values.ts';
import type { OptionValues, RunCommand } from './command.ts';
import { openAccess } from './gateway-access.ts';
import { NotConnected } from './not-connected.ts';
import { readArguments } from './read-arguments.ts';
import type { Permission } from './run/answer-for-run.ts';
import { playTurn } from './run/play-turn.ts';
import { oneJson, plain, streamJson } from './run/run-output.ts';
import { exitCodeOf } from './run/run-result.ts';
import { openSessionClient, refused } from './session-client.ts';
import { run as description } from './table/run.ts';
import { UsageError } from './usage-error.ts';

/** How long the first connection may take, ms. */
const connectMs = 30_000;

/** Has an agent do one thing. */
export const runRun: RunCommand = async (args) => {
  const { words, values } = readArguments(description, args);
  const permission = permissionOf(values);
  const timeoutMs = timeoutOf(values.timeout);
  if (values.json && values['stream-json']) throw new UsageError('--json or --stream-json, not both');
  const prompt = words[0] === '-' ? (await text(process.stdin)).trim() : (words[0] ?? '');
  if (prompt === '') throw new UsageError('the prompt is empty');
  await using access = await openAccess({ ...values, purpose: 'run', startsOwn: true });
  using client = await openSessionClient(access, values, { name: 'hotplex run' });
  const limit = AbortSignal.timeout(connectMs);
  await client.connect({ signal: limit }).catch((error: unknown) => {
    if (!limit.aborted) return refused(error);
    const seconds = connectMs / 1_000;
    throw new NotConnected(`the gateway ${access.url} did not answer within ${seconds} seconds`, {
      cause: error,
    });
  });
  const streams = { out: process.stdout, err: process.stderr };
  const output = values.json
    ? oneJson(streams)
    : values['stream-json']
      ? streamJson(streams)
      : plain(streams);
  const { result, ending } = await playTurn(client, {
    ...{ prompt, permission, timeoutMs, output },
    leavesOpen: !access.isOwn,
  });
  output.result(result);
  return exitCodeOf(result, ending);
};

function permissionOf({ permission }: OptionValues<typeof description>): Permission {
  const isTerminal = process.stdin.isTTY === true && process.stderr.isTTY === true;
  if (permission === 'ask' && !isTerminal)
    throw new UsageError('--permission ask: there is no terminal to ask in; say allow or deny');
  return permission ?? (isTerminal ? 'ask' : 'deny');
}

function timeoutOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const read = duration.safeParse(given);
  if (!read.success || read.data <= 0)
    throw new UsageError(`--timeout ${given}: it must be a time such as 90s or 10m`);
  return read.data;
}
