import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/**
 * How code of ours within an agent hears what the gateway says to a tool call, where the agent itself has no way to hand
 * it on: a file for each answer, in a folder that only the gateway writes. It survives the gateway, as agents do.
 * This file uses nothing of the gateway, because it also runs without it.
 */

/** What the gateway answers, as JSON. Anything else denies. */
export type GateAnswer = { allowed: boolean; reason?: string };

/** The name of the file with the answer to a request. Throws for an id that would be a path. */
export function answerFile(folder: string, id: string): string {
  if (!/^[\w-]+$/.test(id)) throw new Error('this is no id of a request');
  return join(folder, `${id}.json`);
}

const lookMs = 20;
/** As long as Claude Code waits for its hook: enough for a gateway that starts again. */
const patienceMs = 600_000;

type Wait = { folder: string; id: string; patienceMs?: number; signal?: AbortSignal };

/** Waits for an answer. Whoever does not get one in time is denied. */
export async function awaitAnswer({ folder, id, signal, ...wait }: Wait): Promise<GateAnswer> {
  const file = answerFile(folder, id);
  const until = performance.now() + (wait.patienceMs ?? patienceMs);
  while (performance.now() < until && !signal?.aborted) {
    const text = read(file);
    if (text !== undefined) return parse(text);
    await setTimeout(lookMs);
  }
  return { allowed: false, reason: 'The gateway gave no word on this in time.' };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function parse(text: string): GateAnswer {
  try {
    const answer = JSON.parse(text) as GateAnswer | null;
    return answer?.allowed === true || answer?.allowed === false ? answer : { allowed: false };
  } catch {
    return { allowed: false };
  }
}
