import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { beginTurn } from '../../../src/worker/acp-session/conversation.ts';
import { endTurn, type Outcome } from '../../../src/worker/acp-session/turn-end.ts';
import { toWords } from '../../../src/worker/acpx/acpx-commands.ts';
import { decodeControl, decodeLine, type PromptLine } from '../../../src/worker/acpx/messages.ts';
import { newExchange, newSession, translateLine } from '../../../src/worker/acpx/translate.ts';
import type { Exit, WorkerEvent } from '../../../src/worker/worker.ts';

const folder = new URL('../../transcripts/acpx/', import.meta.url);

const recordedLine = z.object({ t: z.number(), dir: z.string(), data: z.unknown() });
const spawned = z.looseObject({ event: z.literal('spawn'), argv: z.array(z.string()) });

const exited = z.looseObject({
  event: z.literal('exit'),
  code: z.number().nullable(),
  signal: z.literal(['SIGINT', 'SIGTERM']).nullable(),
});

type Recording = {
  argv: readonly string[];
  out: { t: number; line: string }[];
  exit: Pick<Exit, 'code' | 'signal'>;
};

function read(name: string): Recording {
  const recorded = readFileSync(new URL(`${name}.ndjson`, folder), 'utf8')
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => recordedLine.parse(JSON.parse(text)));
  const argv = recorded.flatMap(({ data }) => spawned.safeParse(data).data?.argv ?? []);
  const out = recorded.flatMap(({ t, dir, data }) =>
    dir === 'out' ? [{ t, line: JSON.stringify(data) }] : [],
  );
  const [exit = { code: null, signal: null }] = recorded.flatMap(
    ({ data }) => exited.safeParse(data).data ?? [],
  );
  return { argv, out, exit };
}

const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ndjson'))
  .map((file) => file.replace('.ndjson', ''));
const isControl = (name: string) =>
  read(name).argv.some((word) =>
    ['sessions', 'status', 'cancel', 'set', 'set-mode', '--no-wait'].includes(word),
  );

/** Every recording of a prompt there is, by name, and every one of another command. */
export const prompts = names.filter((name) => !isControl(name));
export const controls = names.filter(isControl);

export type Replayed = { events: WorkerEvent[]; lines: PromptLine[] };

/** Runs a recording through the translation, as the worker does with one prompt. */
export function replay(name: string, { remembers = false } = {}): Replayed {
  const session = newSession({ workDir: '/workspace', resumed: remembers });
  const exchange = newExchange();
  const [events, lines, outcomes]: [WorkerEvent[], PromptLine[], Outcome[]] = [[], [], []];
  beginTurn(session.conversation, { inputId: 'input-1', at: 0 });
  const finish = (outcome: Outcome, at: number) => {
    if (outcomes.push(outcome) > 1) return;
    events.push(...endTurn(session.conversation, { outcome, at, signIn: 'Sign in.' }));
  };
  const { out, exit } = read(name);
  for (const { t, line: text } of out) {
    const line = decodeLine(text);
    lines.push(line);
    const told = translateLine(line, { session, exchange, at: t });
    events.push(...told.events);
    if (told.outcome) finish(told.outcome, t);
  }
  const error = { code: 0, message: toWords({ reason: 'exited', stderr: '', ...exit }) };
  if (outcomes.length === 0) finish({ error }, 0);
  return { events, lines };
}

/** What acpx answered to a command that was recorded. */
export function answersTo(name: string) {
  return read(name).out.map(({ line }) => decodeControl(line));
}
