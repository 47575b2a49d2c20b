import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InteractionResponse } from '../worker.ts';
import { answerFile, type GateAnswer } from './gate-answer.ts';
import { isAllowed } from './is-allowed.ts';

/**
 * The gateway's end of `gate-answer.ts`: one folder for each agent, which an agent with walls around it only reads.
 * NOTE: not in the gateway's data, which does not exist within the walls.
 */
export class AnswerFolder {
  readonly path: string;

  /** Of an agent that an earlier gateway started. */
  constructor(path: string) {
    this.path = path;
  }

  /** Throws what the file system says. */
  static make(): AnswerFolder {
    return new AnswerFolder(mkdtempSync(join(tmpdir(), 'hotplex-gate-')));
  }

  /** Doubt denies. What cannot be written denies, too, once the agent has waited long enough. */
  answer(response: InteractionResponse): void {
    const file = answerFile(this.path, response.id);
    try {
      writeFileSync(`${file}.new`, JSON.stringify(toGateAnswer(response)), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    } catch {
      // The folder is gone with its agent, or the disk is full.
    }
  }

  /** It was read. */
  forget(id: string): void {
    rmSync(answerFile(this.path, id), { force: true });
  }

  /** Nobody waits for an answer any more. */
  clear(): void {
    for (const name of list(this.path)) rmSync(join(this.path, name), { force: true });
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

function toGateAnswer(response: InteractionResponse): GateAnswer {
  if (isAllowed(response)) return { allowed: true };
  if (response.kind === 'permission' && response.allowed)
    return { allowed: false, reason: 'The user asked for another input, which this tool cannot be given.' };
  const reason = response.kind === 'permission' ? response.reason?.trim() : undefined;
  return { allowed: false, reason: reason || 'This was not permitted.' };
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
