import { join } from 'node:path';
import type { TerminalConversation, TerminalConversations } from '../terminal-conversations.ts';
import { listConversations } from '../transcript/list-conversations.ts';
import type { TranscriptFile } from '../transcript/newest-files.ts';
import { readJsonLines } from '../transcript/read-json-lines.ts';
import { readRecords } from '../transcript/read-records.ts';
import { toPastTurns } from './past-turns.ts';
import { type TranscriptRecord, toPrompt, transcriptRecord } from './transcript-record.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** So many bytes of a conversation are looked at for its first prompt: what stands before are the CLI's own notes. */
const lookAhead = 1_048_576;

/** The conversations that Claude Code keeps in files of its own folder (observed with 2.1.330). */
export function createClaudeConversations({
  HOME = '/',
  CLAUDE_CONFIG_DIR,
}: Environment): TerminalConversations {
  const projects = join(CLAUDE_CONFIG_DIR || join(HOME, '.claude'), 'projects');
  // NOTE: several work dirs share such a name.
  const folderOf = (workDir: string) => join(projects, workDir.replace(/[^A-Za-z0-9]/g, '-'));
  return {
    list: (workDir, most) => listConversations(folderOf(workDir), most, (file) => describe(file, workDir)),
    async read(workDir, id) {
      if (!uuid.test(id)) return undefined;
      const records = await readRecords(join(folderOf(workDir), `${id}.jsonl`), transcriptRecord);
      const first = records?.find((record) => toPrompt(record) !== undefined);
      if (!records || !first || !wasTyped(first, workDir)) return undefined;
      return toPastTurns(records, { workDir, id });
    },
  };
}

async function describe(
  { name, path, updatedAt }: TranscriptFile,
  workDir: string,
): Promise<TerminalConversation | undefined> {
  const id = name.slice(0, -'.jsonl'.length);
  if (!uuid.test(id)) return undefined;
  for await (const line of readJsonLines(path, lookAhead)) {
    const record = transcriptRecord.safeParse(line).data;
    const about = record && toPrompt(record);
    if (about !== undefined) return wasTyped(record, workDir) ? { id, about, updatedAt } : undefined;
  }
  return undefined;
}

/** Whether it was a person at a terminal, and there. */
const wasTyped = (record: TranscriptRecord | undefined, workDir: string) =>
  record?.entrypoint === 'cli' && record.cwd === workDir;
