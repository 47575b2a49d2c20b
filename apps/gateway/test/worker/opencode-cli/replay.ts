import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { decodeLine } from '../../../src/worker/opencode-cli/messages.ts';
import { finishTurn, newTurn, translateLine } from '../../../src/worker/opencode-cli/turn.ts';
import type { Exit, WorkerEvent } from '../../../src/worker/worker.ts';

const folder = new URL('../../transcripts/opencode-cli/', import.meta.url);

const recordedLine = z.object({
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

/** Runs a recording through the translation; one that was signalled was interrupted. */
export function replay(name: string): WorkerEvent[] {
  let turn = newTurn({ inputId: 'input-1', workDir: '/workspace', model: null });
  const events: WorkerEvent[] = [];
  let stderr = '';
  let interrupted = false;
  for (const line of readFileSync(new URL(`${name}.ndjson`, folder), 'utf8').split('\n')) {
    if (line === '') continue;
    const { dir, data } = recordedLine.parse(JSON.parse(line));
    if (dir === 'out') events.push(...translateLine(turn, decodeLine(JSON.stringify(data))));
    if (dir === 'stderr') stderr += `${data}\n`;
    if (dir !== 'proc') continue;
    interrupted ||= signalled.safeParse(data).success;
    const end = exited.safeParse(data).data;
    if (!end) continue;
    const exit: Exit = { reason: interrupted ? 'stopped' : 'exited', code: end.code, signal: null, stderr };
    events.push(...finishTurn(turn, { exit, interrupted, durationMs: 1 }));
    // A recording may hold several runs, one after the other.
    turn = newTurn({ inputId: 'input-1', workDir: '/workspace', model: null });
    stderr = '';
  }
  return events;
}
