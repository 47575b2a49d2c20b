import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivateFile } from '../../auth/private-file.ts';

const entries = z.array(z.string());
const most = 500;

/** Where it is, for this user alone (XDG Base Directory Specification). */
const fileOf = (env: NodeJS.ProcessEnv) =>
  join(env.XDG_STATE_HOME ?? join(homedir(), '.local/state'), 'hotplex/chat-history.json');

/** What was written in earlier chats, the newest first; nothing if that cannot be read. */
export function readHistory(env: NodeJS.ProcessEnv): string[] {
  try {
    return entries.parse(JSON.parse(readFileSync(fileOf(env), 'utf8')));
  } catch {
    return [];
  }
}

/** Keeps it for the next chat. Throws if it cannot be written. */
export function writeHistory(history: readonly string[], env: NodeJS.ProcessEnv): void {
  writePrivateFile(fileOf(env), JSON.stringify(history.slice(0, most)));
}
