import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { decodeLine } from '../../../src/worker/opencode-cli/messages.ts';
import { finishTurn, newTurn, translateLine } from '../../../src/worker/opencode-cli/turn.ts';
import type { Exit, WorkerEvent } from '../../../src/worker/worker.ts';

const folder = new URL('../../transcripts/opencode-cli/', import.meta.url);

const recordedLine = z.object({
  t: z.number(),
  dir: z.enum(['meta', 'in', 'out', 'stderr', 'proc', 'note']),
  data: z.unknown(),
});
const exited = z.looseObject({
  event: z.literal('exit'),
  code: z.number().nullable(),
  signal: z.string().nullable(),
});
const signalled = z.looseObject({ event: z.literal('signal_sent') });

/** Every recording there is, by name. */
export const transcripts: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.ndjson'))
  .map((file) => file.replace('.ndjson', ''));

/** One run of the CLI: what it wrote, and when in milliseconds, and how it ended. */
export type RecordedRun = {
  lines: { at: number; line: string }[];
  stderr: string;
  code: number | null;
  signalled: boolean;
};

/** A recording may hold several runs, one after the other. */
export function readRecording(name: string): RecordedRun[] {
  const runs: RecordedRun[] = [];
  const newRun = (): RecordedRun => ({ lines: [], stderr: '', code: null, signalled: false });
  let run = newRun();
  for (const line of readFileSync(new URL(`${name}.ndjson`, folder), 'utf8').split('\n')) {
    if (line === '') continue;
    const { t, dir, data } = recordedLine.parse(JSON.parse(line));
    if (dir === 'out') run.lines.push({ at: Math.round(t), line: JSON.stringify(data) });
    if (dir === 'stderr') run.stderr += `${data}\n`;
    if (dir !== 'proc') continue;
    run.signalled ||= signalled.safeParse(data).success;
    const end = exited.safeParse(data).data;
    if (!end) continue;
    runs.push({ ...run, code: end.code });
    run = newRun();
  }
  return runs;
}

/** Runs a recording through the translation; a run that was signalled was interrupted. */
export function replay(name: string): WorkerEvent[] {
  return readRecording(name).flatMap(({ lines, stderr, code, signalled: interrupted }) => {
    const turn = newTurn({ inputId: 'input-1', workDir: '/workspace', model: null });
    const exit: Exit = { reason: interrupted ? 'stopped' : 'exited', code, signal: null, stderr };
    const events = lines.flatMap(({ line }) => translateLine(turn, decodeLine(line)));
    return [...events, ...finishTurn(turn, { exit, interrupted, durationMs: 1 })];
  });
}
