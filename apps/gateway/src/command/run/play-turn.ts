import type { AepClient } from '@hotplex/client-sdk';
import { systemClock as clock } from '../../ground/clock.ts';
import { refused } from '../session-client.ts';
import { answerInteraction } from '../terminal/answer-interaction.ts';
import { ignoreDecided } from '../terminal/ignore-decided.ts';
import { lineDialogue } from '../terminal/line-dialogue.ts';
import { answerForRun, type Permission } from './answer-for-run.ts';
import type { RunOutput } from './run-output.ts';
import { type Ending, type RunResult, toRunResult } from './run-result.ts';

/** How long an interrupted turn may take to end, ms. */
const endMs = 10_000;

type PlayTurn = {
  prompt: string;
  permission: Permission;
  timeoutMs: number | undefined;
  output: RunOutput;
  /** Whether a question that nobody answered may wait for somebody: the gateway is there tomorrow. */
  leavesOpen: boolean;
};

/** Sends a prompt and sees its turn to an end: its own, the time’s, or that of whoever waits for it. */
export async function playTurn(
  client: AepClient,
  { prompt, permission, timeoutMs, output, leavesOpen }: PlayTurn,
): Promise<{ result: RunResult; ending: Ending | undefined }> {
  const turn = client.prompt(prompt);
  const left = Promise.withResolvers<undefined>();
  const decided = new AbortController();
  let ending: Ending | undefined;
  const denied: string[] = [];
  let waitsFor: string | null = null;
  const stop = (why: Ending) => {
    // A second Ctrl+C leaves at once; the turn was told to end.
    if (ending !== undefined) return left.resolve(undefined);
    ending = why;
    decided.abort();
    void turn.interrupt().catch(() => {});
    clock.after(endMs, () => left.resolve(undefined));
  };
  const onSignal = () => stop('interrupted');
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  if (timeoutMs !== undefined) clock.after(timeoutMs, () => stop('timeout'));
  const dialogue = lineDialogue({ input: process.stdin, output: process.stderr });
  const follow = async () => {
    for await (const { event, ...envelope } of turn) {
      output.event({ event, ...envelope });
      const answer = await answerForRun(event, {
        ...{ client, permission },
        ask: async () => {
          const what = await answerInteraction(event, { client, dialogue, signal: decided.signal }).catch(
            ignoreDecided,
          );
          return what === undefined ? undefined : { denied: what };
        },
      });
      if (answer && 'denied' in answer) denied.push(answer.denied);
      if (answer && 'waitsFor' in answer) {
        waitsFor ??= answer.waitsFor;
        if (!leavesOpen) stop('unanswered');
        else {
          ending ??= 'unanswered';
          return undefined;
        }
      }
    }
    return turn.done;
  };
  const outcome = await Promise.race([follow().catch(refused), left.promise]);
  process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  const { session_id = '', server_caps: caps } = client.session ?? {};
  const about = {
    session_id,
    turn_id: turn.id ?? null,
    agent: caps?.worker_type ?? '',
    denied,
    waits_for: waitsFor,
  };
  return { result: toRunResult(outcome, about), ending };
}
